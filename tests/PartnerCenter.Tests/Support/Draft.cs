using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Support;

/// <summary>Communications to publish. A test changes with <c>with</c> what it is about.</summary>
internal static class Draft
{
    /// <summary>Something for a role of Alpine Cloud, in a workspace that every organization has.</summary>
    public static CommunicationDraft Of(CommunicationKind kind, string title, Role role) => new()
    {
        Workspace = WorkspaceCatalogue.AccountSettings,
        Kind = CommunicationPolicy.KeyOf(kind),
        Roles = [role.Key],
        Organizations = [DemoPeople.Alpine],
        DueInDays = kind == CommunicationKind.MandatoryAction ? 10 : null,
        Content = In(title),
    };

    public static Dictionary<string, DraftText> In(string title, string body = "What it is about.", string? dutchTitle = null)
    {
        var content = new Dictionary<string, DraftText> { ["en"] = new(title, body) };
        if (dutchTitle is not null)
            content["nl"] = new(dutchTitle, "Waar het over gaat.");
        return content;
    }
}
