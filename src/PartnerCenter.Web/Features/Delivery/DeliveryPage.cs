using System.Globalization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Web.Features.Delivery;

/// <param name="Id">Which communication.</param>
/// <param name="Title">Its title.</param>
/// <param name="Filter">What is shown.</param>
/// <param name="Counts">How many mails there are of each kind, whatever the filter.</param>
/// <param name="Organizations">The organizations to choose from.</param>
/// <param name="Matching">How many mails match.</param>
/// <param name="Mails">The mails of this page.</param>
/// <param name="Last">The last of them when there are more.</param>
public sealed record DeliveryPage(
    long Id,
    string Title,
    DeliveryFilterForm Filter,
    DeliveryCounts Counts,
    IReadOnlyList<DeliveryOrganizationRow> Organizations,
    int Matching,
    IReadOnlyList<LoggedMail> Mails,
    DeliveryCursorRow? Last)
{
    public string Address => AddressOf(Id);

    /// <summary>A verb as it stands in an address.</summary>
    public static string PathOf(MailVerb verb) => verb == MailVerb.Retry ? "retry" : "give-up";

    public static string AddressOf(long communication) => string.Create(CultureInfo.InvariantCulture, $"/operator/communications/{communication}/delivery");
}

public sealed record DeliveryOrganizationRow(string Key, string Name);

/// <summary>Where a list goes on.</summary>
public sealed record DeliveryCursorRow(MailState State, long Id);
