using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Engines;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>
/// Finds the person that an identity belongs to. The identity decides and never an address: those change hands, and in a tenant of one's own
/// anybody can write any. An identity that is new is connected by what only the right person can have: the link of an invitation, a line of
/// the configuration, or an account in a tenant whose organization takes in its people.
/// </summary>
public sealed class AccountBinding(PartnerCenterDb db, OrganizationChanges changes, JoinLinks links, SignInProviders providers, TimeProvider time)
{
    /// <summary>Ends a round: whoever holds a copy of it gets no second try, whether or not somebody was signed in.</summary>
    /// <exception cref="SignInRefusedException">It has ended before.</exception>
    public async Task SpendAsync(string nonce)
    {
        var spent = new SpentNonce(nonce, time.GetUtcNow().UtcDateTime);
        if (await db.SpentNonces.AnyAsync(other => other.NonceHash == spent.NonceHash))
            throw SpentBefore();
        db.Add(spent);
        await SaveAsync(SpentBefore);
    }

    /// <param name="identity">What the provider has proved.</param>
    /// <param name="round">The round in which it did.</param>
    /// <exception cref="SignInRefusedException">Nobody may sign in with this identity, or not in this round.</exception>
    public async Task<Person> EnterAsync(ProvenIdentity identity, SignInRound round)
    {
        if (round.Tenant is not null && round.Tenant != identity.Tenant)
            throw new SignInRefusedException(SignInRefusal.OtherTenant, "the account is of another tenant than the visitor asked for");

        var tenant = await FindTenantAsync(identity);
        var key = ExternalIdentity.KeyOf(identity.Issuer, identity.Subject);
        var known = await db.ExternalIdentities.Where(mine => mine.KeyHash == key).Select(mine => mine.Person).SingleOrDefaultAsync();
        if (known is not null)
            return Check(known, round);

        if (await FindUnboundAsync(identity, tenant, round) is { } person)
        {
            db.Add(new ExternalIdentity(identity.Issuer, identity.Subject, person, time.GetUtcNow().UtcDateTime));

            // Of two accounts at one instant, one is second.
            db.Entry(person).State = EntityState.Modified;
            await SaveAsync(cause => new SignInRefusedException(SignInRefusal.LinkOver, "somebody connected an account at the same instant", cause));
            return person;
        }

        return tenant is { AdmitsStrangers: true, OrganizationId: { } organization }
            ? await AdmitAsync(identity, organization)
            : throw new SignInRefusedException(SignInRefusal.NoAccount, "nobody has this identity");
    }

    private static SignInRefusedException SpentBefore(Exception? cause = null) =>
        new(SignInRefusal.WrongRound, "the round has ended before", cause);

    private async Task<TrustedTenant?> FindTenantAsync(ProvenIdentity identity)
    {
        if (identity.Tenant is null)
            return null;

        var tenant = await db.TrustedTenants.AsNoTracking()
            .SingleOrDefaultAsync(tenant => tenant.Tenant == identity.Tenant && (tenant.OrganizationId == null || !tenant.Organization!.IsSuspended))
            ?? throw new SignInRefusedException(SignInRefusal.UnknownTenant, "its tenant is not trusted");
        return identity.IsGuest && !tenant.AdmitsGuests
            ? throw new SignInRefusedException(SignInRefusal.Guest, "it is about a guest of the tenant")
            : tenant;
    }

    private Person Check(Person known, SignInRound round)
    {
        if (known.IsDisabled)
            throw new SignInRefusedException(SignInRefusal.NoAccount, "the person is disabled");
        return round.JoinToken is { } token && links.Read(token) is { } link && link.PersonId != known.Id
            ? throw new SignInRefusedException(SignInRefusal.OtherAccount, "the account belongs to somebody else than the link")
            : known;
    }

    private async Task<Person?> FindUnboundAsync(ProvenIdentity identity, TrustedTenant? tenant, SignInRound round)
    {
        if (round.ConnectsTo is { } session)
            return await FindConnectingAsync(session, tenant);
        if (round.JoinToken is not { } token)
            return await FindFirstAdministratorAsync(identity, round.Provider);

        return links.Read(token) is { } link && await db.FindJoiningAsync(link, time.GetUtcNow().UtcDateTime) is { } person
            ? person
            : throw new SignInRefusedException(SignInRefusal.LinkOver, "the link was used, has ended or was taken back");
    }

    // A session that was ended in the meantime was ended because somebody did not trust it, so it connects nothing.
    private async Task<Person?> FindConnectingAsync(string session, TrustedTenant? tenant)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var found = await db.Sessions.Include(mine => mine.Person).SingleOrDefaultAsync(mine => mine.IdHash == session);
        return found is { Person.IsDisabled: false } && found.IsValidAt(now) && tenant?.OrganizationId is { } organization
            && await db.Memberships.ActiveAt(now).AnyAsync(member => member.PersonId == found.PersonId && member.OrganizationId == organization)
            ? found.Person
            : throw new SignInRefusedException(SignInRefusal.NoAccount, "nobody is signed in any more to connect this identity to");
    }

    // Whoever runs the machine names them. It counts only while nobody else can administer the organization by signing in.
    private async Task<Person?> FindFirstAdministratorAsync(ProvenIdentity identity, string provider)
    {
        foreach (var first in providers.FirstAdministrators.Where(first => first.Names(identity, provider)))
        {
            var administrators = db.Memberships.GlobalAdmins().Where(admin => admin.Organization.Key == first.Organization);
            var people = db.WithoutAccount();
            if (await administrators.AllAsync(admin => people.Any(person => person.Id == admin.PersonId))
                && await administrators.OrderBy(admin => admin.Id).Select(admin => admin.Person).FirstOrDefaultAsync() is { IsDisabled: false } person)
            {
                return person;
            }
        }

        return null;
    }

    // They get no role: what they see is where to ask for one. Their address is what they say it is, so it must be nobody else's.
    private Task<Person> AdmitAsync(ProvenIdentity identity, int organizationId)
    {
        var address = identity.Address is { } said && MailAddressRule.IsDeliverable(said)
            ? said
            : throw new SignInRefusedException(SignInRefusal.NoAccount, "a stranger without a mail address");
        var normalized = Person.Normalize(address);
        return changes.RunAsync(organizationId, new Actor(Person.NameFrom(address)), async change =>
        {
            if (await db.People.AnyAsync(person => person.NormalizedSignInAddress == normalized))
                throw new SignInRefusedException(SignInRefusal.AddressTaken, "a stranger with the address of somebody else");

            var person = new Person(Person.NameFrom(address), address);
            person.CallBy(identity.Name is { Length: <= Person.LongestName } name ? name : null);
            var member = new Membership(change.Organization, person, change.Now);
            if (identity.IsGuest)
                member.BecomeGuest();
            db.Add(member);
            db.Add(new ExternalIdentity(identity.Issuer, identity.Subject, person, change.Now));
            await change.SaveAsync();
            await db.RememberForgottenAsync([member], change.Now);
            change.Record(AuditAction.MemberAdmitted, member);
            return person;
        });
    }

    private async Task SaveAsync(Func<Exception, SignInRefusedException> refuse)
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || (fault.InnerException is DbException cause && cause.IsRefusal()))
        {
            // Somebody else was quicker by an instant.
            db.ChangeTracker.Clear();
            throw refuse(fault);
        }
    }
}
