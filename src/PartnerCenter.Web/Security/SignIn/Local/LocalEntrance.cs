using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>
/// The way in by address and password, and by a code where the person wants that. Every try counts before it is looked at; whoever is
/// refused is not told why, and the log is told a class and no name.
/// </summary>
public sealed partial class LocalEntrance(
    PartnerCenterDb db,
    SignInTries tries,
    Passwords passwords,
    AuthenticatorApps apps,
    SecondStepTickets tickets,
    Sessions sessions,
    TimeProvider time,
    ILogger<LocalEntrance> logger)
{
    /// <summary>Somebody typed address and password.</summary>
    /// <returns>Whether they are in, are asked for a code, or are refused.</returns>
    public async Task<Entry> EnterAsync(string address, string password, CancellationToken cancellation)
    {
        var name = Person.Normalize(address);
        var account = await db.LocalAccounts.Include(account => account.Person).SingleOrDefaultAsync(account => account.Person.NormalizedSignInAddress == name, cancellation);
        if (!await TryPasswordAsync(name, account, password, cancellation))
            return Entry.Refused;
        if (account!.IsTwoStepOn)
            return Entry.NeedsCode(tickets.For(account));

        await StartAsync(account.Person);
        return Entry.In(account.Person, recoveryCodesLeft: null);
    }

    /// <summary>Somebody typed the code of the second step: that of their app, or one on paper.</summary>
    /// <param name="ticket">What shows that they have passed the first.</param>
    /// <param name="typed">The code.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Whether they are in, are refused, or have to begin anew.</returns>
    public async Task<Entry> EnterByCodeAsync(string? ticket, string typed, CancellationToken cancellation)
    {
        if (tickets.Read(ticket) is not { } passed
            || await FindAsync(passed.PersonId, cancellation) is not { IsTwoStepOn: true, Person.IsDisabled: false } account
            || account.PasswordSetAt != passed.PasswordSetAt)
        {
            return Entry.TooLate;
        }

        var name = account.Person.NormalizedSignInAddress;
        if (!await tries.TryBeginAsync(SignInStep.Code, name, cancellation))
        {
            Log.Refused(logger, account.PersonId, "codes rest after wrong ones");
            return Entry.NeedsCode(ticket!);
        }

        var step = apps.StepOf(account.AppSecret, typed);
        var isRight = step is { } now ? account.TrySpend(now) : account.TrySpendRecoveryCode(typed);
        if (!isRight || !await TrySaveAsync(cancellation))
        {
            Log.Refused(logger, account.PersonId, "the code is wrong or was used");
            return Entry.NeedsCode(ticket!);
        }

        await tries.ForgetAsync(SignInStep.Code, name, cancellation);
        await StartAsync(account.Person);
        return Entry.In(account.Person, step is null ? account.RecoveryCodes.Count : null);
    }

    /// <summary>Whether this is somebody's password; a try like any other.</summary>
    public async Task<bool> IsPasswordOfAsync(Person person, string password, CancellationToken cancellation) =>
        await TryPasswordAsync(person.NormalizedSignInAddress, await FindAsync(person.Id, cancellation), password, cancellation);

    /// <summary>Lets somebody in who has proved it: by a password, or by the link with which they have just chosen one.</summary>
    public async Task StartAsync(Person person)
    {
        await sessions.StartAsync(person, new ProviderProof(LocalSignInSettings.Key, Tenant: null, Session: null, SignOutHint: null, time.GetUtcNow().UtcDateTime));
        Log.SignedIn(logger, person.Id);
    }

    private async Task<LocalAccount?> FindAsync(int personId, CancellationToken cancellation) =>
        await db.LocalAccounts.Include(account => account.Person).Include(account => account.RecoveryCodes).SingleOrDefaultAsync(account => account.PersonId == personId, cancellation);

    private async Task<bool> TryPasswordAsync(string name, LocalAccount? account, string password, CancellationToken cancellation)
    {
        var isLookedAt = await tries.TryBeginAsync(SignInStep.Password, name, cancellation);

        // What is not looked at takes its time, too.
        var result = passwords.Check(account, password);
        if (!isLookedAt || result == PasswordVerificationResult.Failed || account!.Person.IsDisabled)
        {
            Log.Refused(logger, account?.PersonId, !isLookedAt ? "the name rests after wrong passwords"
                : account is null ? "nobody goes by that name"
                : result == PasswordVerificationResult.Failed ? "the password is wrong"
                : "the person is disabled");
            return false;
        }

        await tries.ForgetAsync(SignInStep.Password, name, cancellation);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            account.Rehash(passwords.Hash(password));
            await TrySaveAsync(cancellation);
        }

        return true;
    }

    private async Task<bool> TrySaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException conflict)
        {
            // Another request was first, be it with the same code.
            foreach (var entry in conflict.Entries)
                entry.State = EntityState.Unchanged;
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Person {PersonId} signed in by a password")]
        public static partial void SignedIn(ILogger logger, int personId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in of person {PersonId} by a password was refused: {Detail}")]
        public static partial void Refused(ILogger logger, int? personId, string detail);
    }
}

/// <summary>What became of a try to sign in.</summary>
public sealed record Entry
{
    /// <summary>They may try once more.</summary>
    public static readonly Entry Refused = new();

    /// <summary>They have to begin with the password.</summary>
    public static readonly Entry TooLate = new();

    /// <summary>Who is in now; null if nobody is.</summary>
    public Person? Person { get; private init; }

    /// <summary>For somebody who came by a recovery code: how many are left.</summary>
    public int? RecoveryCodesLeft { get; private init; }

    /// <summary>For somebody who is asked for a code: what they send with it.</summary>
    public string? Ticket { get; private init; }

    internal static Entry In(Person person, int? recoveryCodesLeft) => new() { Person = person, RecoveryCodesLeft = recoveryCodesLeft };

    internal static Entry NeedsCode(string ticket) => new() { Ticket = ticket };
}
