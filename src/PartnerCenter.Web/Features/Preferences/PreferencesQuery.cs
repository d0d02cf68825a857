using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

/// <summary>Reads My Preferences.</summary>
public sealed class PreferencesQuery(MailChoicesQuery choices, TimeProvider time)
{
    public async Task<PreferencesPage> ReadAsync(Member member, CancellationToken cancellation, MailChoicesForm? typed = null)
    {
        var membership = await choices.OfAsync(member, cancellation);
        return new PreferencesPage(
            new MailChoices(typed ?? MailChoicesForm.From<MailChoicesForm>(membership, member.ExistingWorkspaces), member.ExistingWorkspaces),
            ContactStanding.Of(membership, time.GetUtcNow().UtcDateTime));
    }
}
