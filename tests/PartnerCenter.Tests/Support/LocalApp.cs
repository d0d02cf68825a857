using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using PartnerCenter.Domain.Access;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Tests.Support;

/// <summary>The portal where people sign in by passwords of its own, beside the people of the demo.</summary>
public partial class LocalApp : PortalApp
{
    public const string Password = "kettle orbit marmalade";

    /// <summary>The name of the session's cookie.</summary>
    public const string Session = "pc";

    private int _number;

    /// <summary>Invites somebody, as the demo's administrator.</summary>
    /// <returns>Their address, and the path of the link that their mail has.</returns>
    public async Task<(string Address, string Link)> InviteAsync()
    {
        var address = $"invited-{Interlocked.Increment(ref _number)}@partner.example";
        var admin = await SignInAsync("global-admin");
        await admin.OpenAsync("/o/alpine-cloud/account-settings/users/add");
        await admin.ForgeAsync("/o/alpine-cloud/account-settings/users/add", ("Addresses", address));
        return (address, await LinkOfAsync(address));
    }

    /// <summary>The path of the link by which somebody joins.</summary>
    public async Task<string> LinkOfAsync(string address)
    {
        var member = await InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.SignInAddress == address));
        return Services.GetRequiredService<JoinLinks>().For(new JoinLink(member.PersonId, member.Id, member.InvitationExpiresAt!.Value)).AbsolutePath;
    }

    /// <summary>Invites somebody, who chooses <see cref="Password"/> and accepts.</summary>
    /// <returns>Their address, and the browser in which they are signed in.</returns>
    public async Task<(string Address, Visitor Visitor)> JoinAsync()
    {
        var (address, link) = await InviteAsync();
        var visitor = Visit();
        await ChooseAsync(visitor, link, Password);
        var invitation = await visitor.OpenAsync("/invitations/alpine-cloud");
        await visitor.PressAsync(invitation.ButtonOf("/invitations/alpine-cloud/accept"));
        return (address, visitor);
    }

    public static async Task<HttpResponseMessage> ChooseAsync(Visitor visitor, string link, string password, string? repeat = null) =>
        await visitor.PressAsync((await visitor.OpenAsync(link)).ButtonOf(link), ("Password", password), ("Repeat", repeat ?? password));

    /// <summary>Types address and password on the start page.</summary>
    public static async Task<HttpResponseMessage> EnterAsync(Visitor visitor, string address, string password, string start = "/") =>
        await visitor.PressAsync((await visitor.OpenAsync(start)).ButtonOf("/sign-in/local"), ("Address", address), ("Password", password));

    /// <summary>Turns the second step on for whoever is signed in.</summary>
    /// <returns>The secret of the app, and the recovery codes.</returns>
    public async Task<(byte[] Secret, IReadOnlyList<string> Codes)> TurnOnTwoStepAsync(Visitor visitor)
    {
        const string Page = "/my-profile/two-step";
        await visitor.PressAsync((await visitor.OpenAsync(Page)).ButtonOf($"{Page}/prepare"));
        var setup = await visitor.OpenAsync(Page);
        var secret = Base32Encoding.ToBytes(setup.TextOf(".app-key").Replace(" ", "", StringComparison.Ordinal));
        var on = await visitor.ReadAsync(await visitor.PressAsync(setup.ButtonOf($"{Page}/on"), ("Code", CodeOf(secret))));
        return (secret, on.TextsOf(".recovery-codes code"));
    }

    public string CodeOf(byte[] secret) => new Totp(secret).ComputeTotp(Clock.Now);

    public Task<LocalAccount> AccountAsync(string address) => InDatabaseAsync(db => db.LocalAccounts.Include(account => account.RecoveryCodes).Include(account => account.Person)
        .SingleAsync(account => account.Person.SignInAddress == address));

    public async Task<string> AddressOfAsync(Visitor visitor)
    {
        var hash = Domain.Access.Secret.Hash(visitor.Cookies[Session]);
        return await InDatabaseAsync(db => db.Sessions.Where(session => session.IdHash == hash).Select(session => session.Person.SignInAddress).SingleAsync());
    }

    /// <summary>The paths of the links in the mails about a forgotten password that an address got.</summary>
    public async Task<IReadOnlyList<string>> ResetLinksOfAsync(string address)
    {
        await SendMailsAsync();
        return [.. ConfirmationMail.TextsTo(MailFolder, address).Select(text => Path().Match(text)).Where(match => match.Success).Select(match => match.Value)];
    }

    /// <summary>Asks for a mail for a forgotten password.</summary>
    public static async Task<HttpResponseMessage> ForgetAsync(Visitor visitor, string address) =>
        await visitor.PressAsync((await visitor.OpenAsync("/forgotten-password")).ButtonOf("/forgotten-password"), ("Address", address));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("SignIn:LocalAccounts", "true");
    }

    [GeneratedRegex("/reset-password/[A-Za-z0-9_-]{43}", RegexOptions.NonBacktracking)]
    private static partial Regex Path();
}
