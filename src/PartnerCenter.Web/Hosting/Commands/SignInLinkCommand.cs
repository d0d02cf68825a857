using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>sign-in-link</c>: makes a link by which somebody connects an account of an identity provider or chooses a password, for the first time or anew.</summary>
internal static class SignInLinkCommand
{
    public static Command Create()
    {
        var email = new Option<string>("--email") { Description = "The sign-in address of the person.", Required = true };
        var again = new Option<bool>("--again") { Description = "Forget the accounts that are connected, password and app too, and end their sessions." };
        var command = new Command("sign-in-link", "Makes a link by which a person connects the account that they sign in with, or chooses a password.") { email, again };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) =>
            RunAsync(db, services, parsed.GetRequiredValue(email), parsed.GetValue(again))));
        return command;
    }

    /// <summary>Prints a link for somebody who has no account yet, where people sign in by an identity provider.</summary>
    internal static async Task PrintForNewAsync(PartnerCenterDb db, Person person, IServiceProvider services)
    {
        if ((services.GetRequiredService<SignInProviders>().All.Count > 0 || services.GetRequiredService<LocalSignInSettings>().IsOn) && await db.WithoutAccount().AnyAsync(other => other.Id == person.Id))
            Print(person, services);
    }

    // Whoever reads it can use it, so it goes to the screen and nowhere else.
    private static void Print(Person person, IServiceProvider services)
    {
        var until = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime + JoinLink.Longest;
        Console.WriteLine($"With this link they connect their account or choose a password, once and until {until:yyyy-MM-dd HH:mm} UTC:");
        Console.WriteLine(services.GetRequiredService<JoinLinks>().For(new JoinLink(person.Id, MembershipId: null, until)).AbsoluteUri);
    }

    private static async Task RunAsync(PartnerCenterDb db, IServiceProvider services, string email, bool again)
    {
        var normalized = Person.Normalize(email);
        var person = await db.People.SingleOrDefaultAsync(person => person.NormalizedSignInAddress == normalized)
            ?? throw new StartupException($"Nobody signs in as '{email}'.");
        var identities = await db.ExternalIdentities.Where(identity => identity.PersonId == person.Id).ToListAsync();
        var local = await db.LocalAccounts.Include(account => account.RecoveryCodes).Where(account => account.PersonId == person.Id).ToListAsync();
        if (identities.Count + local.Count > 0 && !again)
            throw new StartupException($"'{email}' has an account to sign in with. With --again it is forgotten.");

        db.RemoveRange(identities);
        db.RemoveRange(local);
        db.RemoveRange(await db.Sessions.Where(session => session.PersonId == person.Id).ToListAsync());
        await db.SaveChangesAsync();
        Print(person, services);
    }
}
