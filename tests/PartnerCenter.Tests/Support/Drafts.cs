using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Support;

/// <summary>Drafts that can be published as they are; a test changes the one field that it is about.</summary>
public static class Drafts
{
    /// <summary>A draft of any kind: in Billing, for billing admins of all organizations, in English.</summary>
    public static CommunicationDraft Of(CommunicationKind kind, params string[] roles) => new()
    {
        Workspace = WorkspaceCatalogue.Billing,
        Kind = CommunicationPolicy.KeyOf(kind),
        Roles = roles.Length == 0 ? ["billing_admin"] : roles,
        DueInDays = CommunicationPolicy.NeedsDueDate(kind) ? 30 : null,
        Content = English($"A {CommunicationPolicy.KeyOf(kind)}"),
    };

    /// <summary>A draft of any kind for a role of Alpine Cloud, in a workspace that every organization has.</summary>
    public static CommunicationDraft ForAlpine(CommunicationKind kind, string title, Role role) => Of(kind, role.Key) with
    {
        Workspace = WorkspaceCatalogue.AccountSettings,
        Organizations = [DemoPeople.Alpine],
        Content = English(title),
    };

    public static CommunicationDraft MandatoryAction(params string[] roles) => Of(CommunicationKind.MandatoryAction, roles);

    public static CommunicationDraft RecommendedAction(params string[] roles) => Of(CommunicationKind.RecommendedAction, roles);

    public static CommunicationDraft TransactionalNotification(params string[] roles) => Of(CommunicationKind.TransactionalNotification, roles);

    public static CommunicationDraft PromotionalNotification(params string[] roles) => Of(CommunicationKind.PromotionalNotification, roles);

    /// <summary>The same for one membership instead of roles.</summary>
    public static CommunicationDraft ForMembership(this CommunicationDraft draft, int membership) =>
        draft with { Roles = [], Organizations = null, Membership = membership };

    public static IReadOnlyDictionary<string, DraftText> English(string title, string body = "What it is about.") =>
        new Dictionary<string, DraftText> { ["en"] = new(title, body) };

    public static IReadOnlyDictionary<string, DraftText> EnglishAndDutch(DraftText english, DraftText dutch) =>
        new Dictionary<string, DraftText> { ["en"] = english, ["nl"] = dutch };
}
