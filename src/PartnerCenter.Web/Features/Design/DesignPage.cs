using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Design;

/// <summary>What the samples are made with.</summary>
/// <param name="Colours">The tokens for colours.</param>
/// <param name="Sizes">All other tokens.</param>
/// <param name="Now">From when the samples count their days, in UTC.</param>
public sealed record DesignPage(IReadOnlyList<TokenRow> Colours, IReadOnlyList<TokenRow> Sizes, DateTime Now)
{
    /// <summary>A text with everything that publishers write.</summary>
    public const string Markdown =
        """
        # A heading of a text

        A paragraph with **weight**, *emphasis*, `code` and a [link](https://example.org/terms).

        - One thing
        - Another

        1. First this
        2. Then that

        > What somebody else said.
        """;

    /// <summary>The fields with an error, by their ids.</summary>
    public static IReadOnlyDictionary<string, string> Refusals { get; } = new Dictionary<string, string>
    {
        ["refused-text"] = "Enter a name of at most 200 characters.",
        ["refused-select"] = "Choose from the list.",
        ["refused-area"] = "Say why you need it.",
        ["refused-day"] = "Enter a day in the future.",
        ["refused-choice"] = "Choose at least one role.",
    };

    /// <summary>More people than stand there at once.</summary>
    public static ContactsBox Contacts { get; } = new(
    [
        new Administrator(1, "Anna Winter", "anna.winter@alpine.example", []),
        new Administrator(2, "Ben Keller", "ben.keller@alpine.example", []),
        new Administrator(3, "Charlotte Featherstonehaugh-Vandenbroucke", "charlotte.featherstonehaugh-vandenbroucke@alpine.example", []),
        new Administrator(4, "Dirk Maas", "dirk.maas@alpine.example", []),
    ]);

    public static ContactsBox NoContacts { get; } = new([]);

    public static IReadOnlyList<RoleReach> Reach { get; } = RoleReach.Of(RoleCatalogue.BillingAdmin, WorkspaceCatalogue.BuiltIn.All);

    /// <summary>Of one kind some workspaces are on, of the other all are.</summary>
    public static MailChoices Choices { get; } = new(
        new MailChoicesForm
        {
            Wanted =
            [
                MailChoicesForm.Cell(CommunicationKind.TransactionalNotification, workspace: null),
                MailChoicesForm.Cell(CommunicationKind.TransactionalNotification, WorkspaceCatalogue.Billing),
                MailChoicesForm.Cell(CommunicationKind.PromotionalNotification, workspace: null),
                MailChoicesForm.Cell(CommunicationKind.PromotionalNotification, WorkspaceCatalogue.Billing),
                MailChoicesForm.Cell(CommunicationKind.PromotionalNotification, WorkspaceCatalogue.Pricing),
            ],
        },
        [.. WorkspaceCatalogue.BuiltIn.All.Where(workspace => workspace.Key is WorkspaceCatalogue.Billing or WorkspaceCatalogue.Pricing)]);

    /// <summary>How it can stand with an address for mail, and last that none takes any.</summary>
    public IEnumerable<ContactStanding> Standings
    {
        get
        {
            foreach (var state in Enum.GetValues<ContactState>())
            {
                var waits = state is ContactState.Pending or ContactState.Expired;
                yield return new ContactStanding("anna.winter@alpine.example", IsSignIn: true, state, "a.winter@work.example", waits ? Now.AddDays(1) : null);
            }

            yield return new ContactStanding(Address: null, IsSignIn: true, ContactState.Bounced, "a.winter@work.example", Until: null);
        }
    }
}

/// <param name="Name">The name, without the dashes before it.</param>
/// <param name="Value">What the style sheet says.</param>
public sealed record TokenRow(string Name, string Value)
{
    public bool IsColour => Value.StartsWith("light-dark(", StringComparison.Ordinal) || Value.StartsWith('#');

    public bool IsSpace => Name.StartsWith("space-", StringComparison.Ordinal);

    public bool IsRadius => Name.StartsWith("radius-", StringComparison.Ordinal);
}
