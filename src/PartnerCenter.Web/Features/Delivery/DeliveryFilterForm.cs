using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Web.Features.Delivery;

/// <summary>What the address asks for: it is the state of the list, so that it can be kept and sent on.</summary>
public sealed class DeliveryFilterForm
{
    public const int LongestName = 200;

    public MailGroup? State { get; set; }

    /// <summary>The rule that stopped the mails.</summary>
    public SuppressionReason? Rule { get; set; }

    /// <summary>The key of the organization.</summary>
    public string? Organization { get; set; }

    /// <summary>A part of the member's name.</summary>
    public string? Name { get; set; }

    /// <summary>Where the page goes on: the state and the id of the last mail of the page before.</summary>
    public MailState? AfterState { get; set; }

    public long? After { get; set; }

    public bool IsFiltered => ToQuery().Length > 0;

    /// <summary>Forgets what there is not to choose.</summary>
    public void KeepWhatCounts()
    {
        State = State is { } state && Enum.IsDefined(state) ? State : null;
        Rule = Rule is { } rule && Enum.IsDefined(rule) ? Rule : null;
        Organization = string.IsNullOrWhiteSpace(Organization) ? null : Organization.Trim();
        Name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim()[..Math.Min(Name.Trim().Length, LongestName)];
        if (AfterState is not { } after || !Enum.IsDefined(after))
            (AfterState, After) = (null, null);
    }

    public MailFilter ToFilter() => new() { Group = State, Because = Rule, Organization = Organization, Name = Name };

    /// <summary>The query of the same list, without one of its filters.</summary>
    public string Without(string field) => ToQuery(without: field);

    /// <summary>The query of the next page.</summary>
    public string ContinuedAfter(DeliveryCursorRow last) => ToQuery(after: last);

    public string ToQuery(string? without = null, DeliveryCursorRow? after = null)
    {
        (string Name, string? Value)[] parts =
        [
            ("state", State?.ToString()),
            ("rule", Rule?.ToString()),
            ("organization", Organization),
            ("name", Name),
            ("afterState", after?.State.ToString()),
            ("after", after?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        var query = new QueryBuilder();
        foreach (var (name, value) in parts.Where(part => part.Value is not null && part.Name != without))
            query.Add(name, value!);
        return query.ToString();
    }
}
