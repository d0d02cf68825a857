using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Access;

/// <summary>What a page says of access in words: a grant, a request, and why somebody can or can't open something.</summary>
public sealed class AccessWords(IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words, CommunicationWords days, Here here)
{
    public string Role(string key) => words[$"Role.{key}"];

    /// <summary>Where a grant counts.</summary>
    public string Scope(RoleAssignment grant) => grant.Location?.Name ?? texts["MyAccess.EntireOrganization"].Value;

    /// <summary>A grant as a sentence: which role, where it counts, by whom, since and until when.</summary>
    public string Grant(RoleAssignment grant) => grant.EndsAt is { } end
        ? texts["Access.GrantUntil", Role(grant.Role), Scope(grant), grant.GrantedBy, days.Day(grant.GrantedAt), days.Day(end)]
        : texts["Access.Grant", Role(grant.Role), Scope(grant), grant.GrantedBy, days.Day(grant.GrantedAt)];

    /// <summary>The same without the name of the role, where that stands already.</summary>
    public string GrantOnly(RoleAssignment grant) => grant.EndsAt is { } end
        ? texts["Access.GrantOnlyUntil", Scope(grant), grant.GrantedBy, days.Day(grant.GrantedAt), days.Day(end)]
        : texts["Access.GrantOnly", Scope(grant), grant.GrantedBy, days.Day(grant.GrantedAt)];

    /// <summary>What a session is called: the browser that it began in, and the system, such as "Firefox on Windows".</summary>
    public string Session(SessionRow session) => session is { Browser: null, System: null }
        ? texts["Sessions.UnknownBrowser"]
        : texts["Sessions.BrowserOn", session.Browser ?? texts["Sessions.Unknown"].Value, session.System ?? texts["Sessions.Unknown"].Value];

    /// <summary>What a request is for.</summary>
    public string AskedFor(AccessRequest request) =>
        request.Role is { } role ? Role(role) : texts["Access.AnyRoleFor", here.WorkspaceName(request.Workspace!)];

    /// <summary>The first sentence of an explanation; what it names follows as a list.</summary>
    public string Answer(AccessExplanation explanation) => explanation switch
    {
        { Answer: AccessAnswer.NotActive, Member: var member } =>
            texts[$"Explain.NotActive.{member.Status}", days.Day(member.StatusSince ?? member.EndsAt ?? member.JoinedAt)],
        { Answer: AccessAnswer.NotEnrolled, Workspace: { } workspace } =>
            texts["Explain.NotEnrolled", here.NameOf(workspace), string.Join(", ", workspace.Programs.Select(program => words[$"Program.{program}"].Value))],
        { Lost: { } lost } => texts["Explain.RoleLost", Role(lost.Topic!), days.Day(lost.At), lost.Actor],
        _ => texts[$"Explain.{explanation.Answer}"],
    };
}
