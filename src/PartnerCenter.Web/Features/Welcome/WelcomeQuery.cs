using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Welcome;

/// <summary>Reads what the page of the first visit asks for.</summary>
public sealed class WelcomeQuery(MailChoicesQuery choices, TimeProvider time)
{
    public async Task<WelcomePage> ReadAsync(Member member, CancellationToken cancellation, WelcomeForm? typed = null)
    {
        var membership = await choices.OfAsync(member, cancellation);
        var contact = ContactStanding.Of(membership, time.GetUtcNow().UtcDateTime);
        var form = typed;
        if (form is null)
        {
            form = MailChoicesForm.From<WelcomeForm>(membership, member.ExistingWorkspaces);
            (form.UsesOther, form.Address) = contact.IsSignIn && !contact.IsWaiting ? (false, null) : (true, contact.About);
        }

        return new WelcomePage(form, member.ExistingWorkspaces, contact, membership.Person.SignInAddress);
    }
}
