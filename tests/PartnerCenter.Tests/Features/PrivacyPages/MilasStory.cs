using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Support;
using PartnerCenter.Tests.Support;
using Requests = PartnerCenter.Data.Access.AccessRequests;
using Reviews = PartnerCenter.Data.Access.AccessReviews;
using SupportDesk = PartnerCenter.Data.Support.SupportRequests;

namespace PartnerCenter.Tests.Features.PrivacyPages;

/// <summary>Somebody who has left their name everywhere: what they did themselves, what was done to them, and what others wrote of them.</summary>
internal sealed class MilasStory(PortalApp app)
{
    public const string SignIn = "two-directories@demo.example";
    public const string Contact = "mila.jansen@home.example";
    public const string FirstName = "Mila Jansen";

    /// <summary>What she calls herself later: a name that HTML writes otherwise.</summary>
    public const string Name = "Mila d'Órs-Jansen";

    /// <summary>Who she is at an identity provider.</summary>
    public const string Subject = "account-of-the-one-with-two";

    // A sealed value or a key can have four letters in this order by chance, but not as a word.
    private static readonly Regex Calling = new(
        $@"{string.Join('|', new[] { SignIn, Contact, FirstName, Name, "d'Órs", "two-directories", Subject }.Select(Regex.Escape))}|\bMila\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    public Visitor Browser { get; private set; } = null!;

    public int PersonId { get; private set; }

    /// <returns>What tells of her in a text or in HTML; null if nothing does.</returns>
    public static string? CallingIn(string text) => Calling.Match(WebUtility.HtmlDecode(text)) is { Success: true } found ? found.Value : null;

    public static async Task<MilasStory> TellAsync(PortalApp app)
    {
        var story = new MilasStory(app);
        await story.TellAsync();
        return story;
    }

    private async Task TellAsync()
    {
        PersonId = await app.InDatabaseAsync(db => db.People.Where(person => person.SignInAddress == SignIn).Select(person => person.Id).SingleAsync());
        var (alpine, anna) = await MemberAsync("global-admin@demo.example", "alpine-cloud");
        var (_, mila) = await MemberAsync(SignIn, "alpine-cloud");
        Browser = await app.SignInAsync("two-directories");
        await app.InDatabaseAsync(db =>
        {
            var person = db.People.Single(row => row.Id == PersonId);
            var proof = new ProviderProof("generic", null, "session-at-the-provider", $"hint-for-{SignIn}", app.Clock.Now);
            db.Add(new ExternalIdentity("https://provider.example", Subject, person, app.Clock.Now));
            db.Add(new SignInSession("another session", person, app.Clock.Now, proof, new("Firefox", "Windows", "203.0.113.x")));
            return db.SaveChangesAsync();
        });
        var operatorsBrowser = await app.SignInAsync("operator");

        // Under her first name: a role, a request, a review.
        await WithAsync<RoleChanges>(roles => roles.SetAsync(alpine, new Actor("Anna Winter", anna), mila, [new WantedRole(RoleCatalogue.GlobalAdmin), new WantedRole(RoleCatalogue.AccountAdmin)]));
        await WithAsync<Requests>(requests => requests.SubmitAsync(alpine, new Actor(FirstName, mila, "192.0.2.44"), RoleCatalogue.BillingAdmin, null, $"{FirstName} needs it, write to {Contact}", null));
        await WithAsync<Reviews>(reviews => reviews.StartAsync(alpine, new Actor(FirstName, mila), RoleCatalogue.GlobalAdmin, null));

        // She has another name from now on, an address, and opinions.
        await Browser.OpenAsync("/my-profile");
        Assert.Equal(HttpStatusCode.Found, (await Browser.ForgeAsync("/my-profile", ("Name", Name))).StatusCode);
        await Browser.OpenAsync("/o/alpine-cloud/my-preferences/contact");
        await Browser.ForgeAsync("/o/alpine-cloud/my-preferences/contact", ("Address", Contact));
        await app.SendMailsAsync();
        var asked = ConfirmationMail.AllTo(app.MailFolder, Contact)[^1];
        await Browser.OpenAsync("/o/alpine-cloud/my-preferences/contact");
        await Browser.ForgeAsync("/o/alpine-cloud/my-preferences/contact/confirm", ("Code", asked.Code));
        await app.InDatabaseAsync(async db =>
        {
            var member = await db.Memberships.Include(row => row.OptOuts).Include(row => row.Person).SingleAsync(row => row.Id == mila);
            member.DescribeAs($"Boss of {FirstName}", "nl", "Europe/Amsterdam");
            member.Choose(CommunicationKind.PromotionalNotification, workspace: null, isWanted: false, new(Domain.Preferences.ChangedBy.MyPreferences, app.Clock.Now));
            return await db.SaveChangesAsync();
        });
        await WithAsync<FeedLinks>(feeds => feeds.RenewAsync(mila, FeedKind.Calendar));

        // Actions: one for all, one for herself, one that she hands over.
        foreach (var (title, completion) in new[] { ("For all", "organization"), ("For each", "person"), ("To hand over", "organization") })
        {
            var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, $"{title}, says {Name}", RoleCatalogue.GlobalAdmin) with { Completion = completion });
            await Browser.OpenAsync($"/o/alpine-cloud/action-center/{id}");
            if (title == "To hand over")
                await Browser.ForgeAsync($"/o/alpine-cloud/action-center/{id}/hand-over", ("Colleague", $"{anna}"), ("Message", $"Ask {Name} or {SignIn}"));
            else
                await Browser.ForgeAsync($"/o/alpine-cloud/action-center/{id}/complete", ("Note", $"Done by {Name.ToUpperInvariant()}, {Contact}"));
        }

        // What others write of her.
        var request = 0;
        await WithAsync<SupportDesk>(async requests => request = await requests.SubmitAsync(
            alpine, new Actor(Name, mila), new SupportRequestDraft($"{Name} cannot sign in", "billing", SupportRequestType.Problem, $"I am {Name}, call me at {Contact}.")));
        await WithAsync<SupportDesk>(requests => requests.UseForProgramAsync(new Actor("Olivia Stone"), request, SupportVerb.Ask, $"Dear {Name}, which address?"));
        await operatorsBrowser.OpenAsync($"/operator/support-requests/{request}");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, $"Welcome {Name}", RoleCatalogue.GlobalAdmin) with
        {
            Content = Drafts.English($"Welcome {Name}", $"We welcome **{Name}** ([mail](mailto:{Contact})), once {FirstName}."),
        });
        await app.SendMailsAsync();

        // A mail to her comes back, and one waits.
        var sent = await app.InDatabaseAsync(db => db.OutboxMails.Where(mail => mail.MembershipId == mila && mail.State == MailState.Sent).OrderByDescending(mail => mail.Id).FirstAsync());
        await app.InDatabaseAsync(db =>
        {
            db.Add(new MailEvent(db.OutboxMails.Single(mail => mail.Id == sent.Id), Contact, MailEventKind.SoftBounced, app.Clock.Now, $"450 {Contact} is full, {Name}", app.Clock.Now));
            return db.SaveChangesAsync();
        });
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Waits", RoleCatalogue.GlobalAdmin));
        await app.FanOutAsync();
    }

    private Task<(int Organization, int Membership)> MemberAsync(string address, string organization) => app.InDatabaseAsync(async db =>
    {
        var member = await db.Memberships.SingleAsync(row => row.Person.SignInAddress == address && row.Organization.Key == organization);
        return (member.OrganizationId, member.Id);
    });

    private async Task WithAsync<T>(Func<T, Task> act)
        where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }
}
