using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.WhereMailGoes;

public sealed class WhereMailGoesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Where = "/o/alpine-cloud/my-preferences/where-mail-goes";
    private const string Test = "/o/alpine-cloud/my-preferences/where-mail-goes/test";
    private const string SignIn = "agent@demo.example";

    [Fact]
    public async Task Every_kind_of_mail_about_every_open_workspace_has_an_address_or_a_reason()
    {
        var visitor = await app.SignInAsync("agent");
        await ChangeAsync(agent =>
        {
            agent.UseSignInAddress(app.Clock.Now);
            agent.Choose(CommunicationKind.PromotionalNotification, workspace: null, isWanted: true, new(ChangedBy.MyPreferences, app.Clock.Now));
            agent.Choose(CommunicationKind.TransactionalNotification, "billing", isWanted: false, new(ChangedBy.MyPreferences, app.Clock.Now));
        });

        var chosen = await visitor.OpenAsync(Where);
        await ChangeAsync(agent =>
        {
            agent.UseVerifiedContact("agent@work.example");
            agent.Complain(app.Clock.Now);
        });
        var complained = await visitor.OpenAsync(Where);
        await ChangeAsync(agent => agent.ContactBounced("agent@work.example"));
        await ChangeAsync(agent => agent.Choose(CommunicationKind.PromotionalNotification, workspace: null, isWanted: true, new(ChangedBy.MyPreferences, app.Clock.Now)));
        var bounced = await visitor.OpenAsync(Where);
        await ChangeAsync(agent => agent.Person.RefuseMail(SignIn, app.Clock.Now));
        var unreachable = await visitor.OpenAsync(Where);

        const string ToSignIn = $"{SignIn} Sign-in address";
        const string ToContact = "agent@work.example Contact address";
        const string Spam = "Off, because you called such mail spam";
        Assert.Equal("Which mail goes where", chosen.Heading);
        Assert.Equal([ToSignIn, ToSignIn, "Off, as you chose", ToSignIn], RowOf(chosen, "Billing"));
        Assert.Equal([ToSignIn, ToSignIn, ToSignIn, ToSignIn], RowOf(chosen, "Customers"));
        Assert.Equal([ToContact, ToContact, Spam, Spam], RowOf(complained, "Customers"));
        Assert.Equal([ToSignIn, ToSignIn, Spam, "Off until you confirm an address that takes mail"], RowOf(bounced, "Customers"));
        Assert.Equal([ToSignIn], RowOf(bounced, "Your account: roles, invitations, access"));
        Assert.Equal(["No address takes mail"], RowOf(unreachable, "Your account: roles, invitations, access"));
        Assert.False(unreachable.PostsTo(Test));
        Assert.DoesNotContain(chosen.TextsOf("tbody th"), name => name == "Payouts");
        await ChangeAsync(agent => agent.UseSignInAddress(app.Clock.Now));
    }

    [Fact]
    public async Task A_test_mail_goes_the_way_of_all_mail_and_the_page_says_how_far_it_has_come()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var asked = await visitor.FollowAsync(await visitor.PressAsync((await visitor.OpenAsync(Where)).ButtonOf(Test)));
        await app.SendMailsAsync();
        var sent = await visitor.OpenAsync(Where);
        var again = await visitor.ReadAsync(await visitor.PressAsync(sent.ButtonOf(Test)));

        Assert.Equal("A test mail is on its way.", asked.TextOf("[role=status]"));
        Assert.Contains("It waits for its turn.", asked.Text, StringComparison.Ordinal);
        Assert.Contains("to billing-admin@demo.example. Sent.", sent.Text, StringComparison.Ordinal);
        Assert.Equal("Send me a test mail: A test mail was sent a moment ago. Wait a minute.", again.TextOf(".error-summary a[href='#Test']"));
        var mail = Assert.Single(
            Directory.EnumerateFiles(app.MailFolder, "*.eml").Select(File.ReadAllText), text => text.Contains("This is the test mail that you asked for", StringComparison.Ordinal));
        Assert.Contains("billing-admin@demo.example", mail.Split("Subject:")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("List-Unsubscribe", mail, StringComparison.Ordinal);
    }

    private static IEnumerable<string> RowOf(Page page, string name) => page.FindAll("tbody tr")
        .Single(row => Words(row.QuerySelector("th")!) == name)
        .QuerySelectorAll("td")
        .Select(Words);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task ChangeAsync(Action<Membership> change) => app.InDatabaseAsync(async db =>
    {
        change(await db.Memberships
            .Include(member => member.Person)
            .Include(member => member.OptOuts)
            .SingleAsync(member => member.Person.SignInAddress == SignIn && member.Organization.Key == "alpine-cloud"));
        return await db.SaveChangesAsync();
    });
}
