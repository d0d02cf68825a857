using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Engines;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>The three ways to a password: by the link of an invitation, with the one before, and by mail when that is forgotten.</summary>
public sealed partial class PasswordChanges(
    PartnerCenterDb db,
    Passwords passwords,
    SignInTries tries,
    SessionEndings endings,
    AccountEvents events,
    ResetLinks links,
    IHttpContextAccessor http,
    TimeProvider time,
    ILogger<PasswordChanges> logger)
{
    private const string Product = "PartnerCenter";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private string? From => http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Gives somebody their first password.</summary>
    /// <param name="link">The link that only the right person can have.</param>
    /// <param name="password">What they chose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Who has an account now; null if the link has ended, was used, or its invitation was taken back.</returns>
    /// <exception cref="RuleViolationException">It can be no password.</exception>
    public async Task<Person?> ChooseAsync(JoinLink link, string password, CancellationToken cancellation)
    {
        if (await db.FindJoiningAsync(link, Now, cancellation) is not { } person)
            return null;

        await RequireAsync(person, password, cancellation);
        db.Add(new LocalAccount(person, passwords.Hash(password), Now));

        // Of two accounts at one instant, here or at a provider, one is second.
        db.Entry(person).State = EntityState.Modified;
        if (!await TrySaveAsync(cancellation))
            return null;

        await events.RecordAsync(person.Id, AuditAction.PasswordChosen, From, cancellation: cancellation);
        return await db.People.SingleAsync(other => other.Id == person.Id, cancellation);
    }

    /// <summary>Somebody who is signed in, and has just typed the password before, chooses another one. Everywhere else their sessions end.</summary>
    /// <exception cref="RuleViolationException">It can be no password.</exception>
    public async Task ChangeAsync(SignInSession session, string password, CancellationToken cancellation)
    {
        var (person, current) = (session.Person, session.IdHash);
        await RequireAsync(person, password, cancellation);
        var account = await db.LocalAccounts.SingleAsync(account => account.PersonId == person.Id, cancellation);
        account.SetPassword(passwords.Hash(password), Now);
        await CloseResetsAsync(person.Id, cancellation);
        await db.SaveChangesAsync(cancellation);
        await endings.EndOwnAsync(person, other => other.IdHash != current, From, cancellation);
        await events.RecordAsync(person.Id, AuditAction.PasswordChanged, From, SignInChange.PasswordChanged, cancellation);
    }

    /// <summary>Sends the mail by which somebody who forgot their password chooses another one, if there is somebody to send it to.</summary>
    public async Task ForgetAsync(string address, CancellationToken cancellation)
    {
        var name = Person.Normalize(address);
        var account = await db.LocalAccounts.AsNoTracking().SingleOrDefaultAsync(account => account.Person.NormalizedSignInAddress == name && !account.Person.IsDisabled, cancellation);
        if (account is null || !await MayMailAsync(account.PersonId, cancellation) || !await TryMailAsync(account.PersonId, cancellation))
            Log.NoMail(logger, account?.PersonId);
    }

    /// <returns>Whose password a link is for; null if it is none, was used, or has ended.</returns>
    public async Task<Person?> FindResettingAsync(string secret, CancellationToken cancellation) =>
        await FindOpenAsync(secret, cancellation) is { } reset
            ? await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Id == reset.PersonId && !person.IsDisabled, cancellation)
            : null;

    /// <summary>
    /// Somebody chooses another password by the link of a mail. All of their sessions end, and the second step stays: who can read the
    /// mail has not shown the app.
    /// </summary>
    /// <returns>False if the link is none, was used, or has ended.</returns>
    /// <exception cref="RuleViolationException">It can be no password.</exception>
    public async Task<bool> ResetAsync(string secret, string password, CancellationToken cancellation)
    {
        if (await FindOpenAsync(secret, cancellation) is not { } reset
            || await db.LocalAccounts.Include(account => account.Person).SingleOrDefaultAsync(account => account.PersonId == reset.PersonId, cancellation) is not { Person.IsDisabled: false } account)
        {
            return false;
        }

        await RequireAsync(account.Person, password, cancellation);
        account.SetPassword(passwords.Hash(password), Now);
        await CloseResetsAsync(account.PersonId, cancellation);
        db.RemoveRange(await db.Sessions.Where(session => session.PersonId == account.PersonId).ToListAsync(cancellation));
        if (!await TrySaveAsync(cancellation))
            return false;

        await tries.ForgetAsync(SignInStep.Password, account.Person.NormalizedSignInAddress, cancellation);
        await events.RecordAsync(account.PersonId, AuditAction.PasswordReset, From, SignInChange.PasswordChanged, cancellation);
        return true;
    }

    private Task<bool> TryMailAsync(int personId, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                // It may run again.
                db.ChangeTracker.Clear();
                if (await events.FindForMailAsync(personId, cancellation) is not { } member)
                    return false;

                // A later link takes the place of those before.
                await CloseResetsAsync(personId, cancellation);
                var secret = Secret.Create();
                var reset = db.Add(new PasswordReset(personId, secret, Now)).Entity;
                var notice = db.Add(PortalNotices.PasswordForgotten(member, Now)).Entity;

                // The mail names both rows, which have their ids only now.
                await db.SaveChangesAsync(cancellation);
                db.Add(OutboxMail.Resetting(reset, links.Seal(secret), notice, member, Now));
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            cancellation);

    private async Task RequireAsync(Person person, string password, CancellationToken cancellation)
    {
        var organizations = await db.Memberships.Where(membership => membership.PersonId == person.Id).Select(membership => membership.Organization.Name).ToListAsync(cancellation);
        PasswordPolicy.May(password, [Product, person.Name, person.SignInAddress, .. organizations]).Enforce();
    }

    private async Task<PasswordReset?> FindOpenAsync(string secret, CancellationToken cancellation)
    {
        var hash = Secret.Hash(secret);
        return await db.PasswordResets.SingleOrDefaultAsync(reset => reset.SecretHash == hash, cancellation) is { } reset && reset.IsOpenAt(Now) ? reset : null;
    }

    private async Task<bool> MayMailAsync(int personId, CancellationToken cancellation)
    {
        var since = Now - PasswordReset.CountedFor;
        return PasswordReset.MayMail(
            await db.PasswordResets.Where(reset => reset.PersonId == personId && reset.AskedAt > since).Select(reset => reset.AskedAt).ToListAsync(cancellation), Now);
    }

    private async Task CloseResetsAsync(int personId, CancellationToken cancellation)
    {
        foreach (var open in await db.PasswordResets.Where(reset => reset.PersonId == personId && reset.ClosedAt == null).ToListAsync(cancellation))
            open.Close(Now);
    }

    private async Task<bool> TrySaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || (fault.InnerException is DbException cause && cause.IsRefusal()))
        {
            // Somebody else was quicker by an instant.
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A mail for a forgotten password was asked for and not sent (person {PersonId}): nobody has that account, no organization writes to them, or there were too many")]
        public static partial void NoMail(ILogger logger, int? personId);
    }
}
