using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

/// <summary>Reads My preferences.</summary>
public sealed class PreferencesQuery(
    MailChoicesQuery choices, TimeZoneWords zones, Here here, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words, TimeProvider time)
{
    private const string Nothing = "–";

    public async Task<PreferencesPage> ReadAsync(Member member, CancellationToken cancellation, MailChoicesForm? typed = null)
    {
        var membership = await choices.OfAsync(member, cancellation);
        return new PreferencesPage(
            new MailChoices(typed ?? MailChoicesForm.From<MailChoicesForm>(membership, member.ExistingWorkspaces), member.ExistingWorkspaces),
            ContactStanding.Of(membership, time.GetUtcNow().UtcDateTime));
    }

    public async Task<PreferencesReviewPage> ReviewAsync(Member member, MailChoicesForm form, CancellationToken cancellation)
    {
        var membership = await choices.OfAsync(member, cancellation);
        return new PreferencesReviewPage(form, [.. AboutMember(membership, form), .. AboutMail(membership, form, member)]);
    }

    private IEnumerable<PreferenceChangeRow> AboutMember(Membership membership, MailChoicesForm form)
    {
        var title = form.JobTitle?.Trim() ?? "";
        if (title != (membership.JobTitle ?? ""))
            yield return new PreferenceChangeRow(texts["Preferences.JobTitle"], membership.JobTitle ?? Nothing, title.Length == 0 ? Nothing : title);
        if (form.EmailLanguage != membership.EmailLanguage)
            yield return new PreferenceChangeRow(texts["Preferences.EmailLanguage"], Language(membership.EmailLanguage), Language(form.EmailLanguage));
        if (form.TimeZone != membership.TimeZone)
            yield return new PreferenceChangeRow(texts["Preferences.TimeZone"], zones.NameOf(membership.TimeZone), zones.NameOf(form.TimeZone));
    }

    private IEnumerable<PreferenceChangeRow> AboutMail(Membership membership, MailChoicesForm form, Member member) =>
        from change in form.ChangesFor(membership, member.ExistingWorkspaces)
        let kind = words[$"Kind.{CommunicationPolicy.KeyOf(change.Kind)}"]
        let workspace = change.Workspace is { } key ? here.WorkspaceName(key) : texts["Preferences.AllWorkspaces"].Value
        select new PreferenceChangeRow($"{kind} – {workspace}", OnOff(!change.IsWanted), OnOff(change.IsWanted));

    private string Language(string language) => words[$"Language.{language}"];

    private string OnOff(bool isOn) => texts[isOn ? "Preferences.On" : "Preferences.Off"];
}
