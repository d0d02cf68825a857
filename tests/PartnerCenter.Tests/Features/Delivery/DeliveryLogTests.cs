using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Delivery;

public sealed class DeliveryLogTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task It_says_of_each_mail_what_became_of_it()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(ToTwo(CommunicationKind.PromotionalNotification, "A fair"));
        await app.SendMailsAsync();

        var page = await visitor.OpenAsync(Log(id));

        Assert.Equal("2 mails match; those that need attention come first.", page.TextOf("#shown"));
        Assert.Equal(
            ["Ben Keller Alpine Cloud", "Anna Winter Alpine Cloud"],
            page.TextsOf("tbody th"));
        Assert.Equal(
            ["Not sent The recipient had turned off emails of this kind.", "Sent Handed over to the mail relay on 2 March 2026 09:00 UTC."],
            page.FindAll("tbody tr").Select(row => Words(row.QuerySelectorAll("td")[0].TextContent)).Select(text => text.Split(" Last answer")[0]));
        Assert.Contains("global-admin@demo.example Sign-in address", page.TextsOf("tbody tr:last-child td")[1], StringComparison.Ordinal);
        Assert.Equal("Published", page.TextsOf("tbody tr:last-child td")[2]);
    }

    [Fact]
    public async Task Each_count_of_a_communication_leads_to_its_mails()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(ToTwo(CommunicationKind.PromotionalNotification, "Counted"));
        await app.SendMailsAsync();
        var communication = await visitor.OpenAsync($"/operator/communications/{id}");

        var links = communication.FindAll("section[aria-labelledby=delivery] a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal([$"{Log(id)}?state=Sent", $"{Log(id)}?state=Suppressed", $"{Log(id)}?rule=OptedOut", Log(id)], links);
        Assert.Equal(["Anna Winter Alpine Cloud"], (await visitor.OpenAsync(links[0])).TextsOf("tbody th"));
        Assert.Equal(["Ben Keller Alpine Cloud"], (await visitor.OpenAsync(links[1])).TextsOf("tbody th"));
        Assert.Equal(["Ben Keller Alpine Cloud"], (await visitor.OpenAsync(links[2])).TextsOf("tbody th"));
    }

    [Fact]
    public async Task It_finds_mails_that_were_deferred_are_in_doubt_failed_or_are_set_aside()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "In trouble", RoleCatalogue.GlobalAdmin) with { Organizations = ["alpine-cloud", "lowland-digital"] });
        await app.FanOutAsync();
        await ChangeAsync(id, "alpine-cloud", mail => mail.RecordDeferred("451 busy", app.Clock.GetUtcNow().UtcDateTime.AddHours(2), inDoubt: true));
        await ChangeAsync(id, "lowland-digital", mail => mail.RecordRefused("554 policy", addressIsWrong: false));

        var deferred = await visitor.OpenAsync($"{Log(id)}?state=Deferred");
        var failed = await visitor.OpenAsync($"{Log(id)}?state=Failed");

        Assert.Equal("Waiting Waits until 2 March 2026 11:00 UTC. Last answer: 451 busy", deferred.TextsOf("tbody td")[0]);
        Assert.Equal("1 In doubt: 1", deferred.TextsOf("tbody td")[3]);
        Assert.Equal(deferred.TextsOf("tbody tr"), (await visitor.OpenAsync($"{Log(id)}?state=InDoubt")).TextsOf("tbody tr"));
        Assert.Equal(deferred.TextsOf("tbody tr"), (await visitor.OpenAsync($"{Log(id)}?state=Waiting")).TextsOf("tbody tr"));
        Assert.Equal("Failed Last answer: 554 policy", failed.TextsOf("tbody td")[0]);
        Assert.Equal("No mail matches the filter.", (await visitor.OpenAsync($"{Log(id)}?state=Quarantined")).TextOf(".empty"));
        foreach (var group in Enum.GetValues<MailGroup>())
        {
            var count = deferred.TextOf($"#filter-state option[value={group}]").Split('(', ')')[1];
            var shown = (await visitor.OpenAsync($"{Log(id)}?state={group}")).FindAll("tbody tr").Count;
            Assert.Equal($"{group} {count}", $"{group} {shown}");
        }
    }

    [Fact]
    public async Task It_finds_the_mails_of_an_organization_and_of_a_person()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(ToTwo(CommunicationKind.MandatoryAction, "To many") with { Organizations = ["alpine-cloud", "lowland-digital"] });
        await app.SendMailsAsync();

        var ofAlpine = await visitor.OpenAsync($"{Log(id)}?organization=alpine-cloud");
        var ofBen = await visitor.OpenAsync($"{Log(id)}?name=ben+k");

        Assert.Equal(2, ofAlpine.FindAll("tbody tr").Count);
        Assert.All(ofAlpine.TextsOf("tbody th"), name => Assert.EndsWith("Alpine Cloud", name, StringComparison.Ordinal));
        Assert.Equal(["Ben Keller Alpine Cloud"], ofBen.TextsOf("tbody th"));
        Assert.Equal("No mail matches the filter.", (await visitor.OpenAsync($"{Log(id)}?name=%25")).TextOf(".empty"));
    }

    [Fact]
    public async Task A_long_list_goes_on_over_the_page_and_through_the_states()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "A long list", RoleCatalogue.GlobalAdmin));
        await app.SendMailsAsync();
        await app.InDatabaseAsync(async db =>
        {
            var communication = await db.Communications.SingleAsync(row => row.Id == id);
            var member = await db.Memberships.Include(row => row.Organization).FirstAsync(row => row.Organization.Key == "alpine-cloud");
            for (var number = 1; number <= 110; number++)
                db.Add(OutboxMail.About("a@example.com", communication, member, $"number-{number:000}", app.Clock.GetUtcNow().UtcDateTime));
            return await db.SaveChangesAsync();
        });

        var seen = new List<string>();
        var page = await visitor.OpenAsync(Log(id));
        for (; ; page = await visitor.OpenAsync(page.Find("a[rel=next]").GetAttribute("href")!))
        {
            seen.AddRange(page.FindAll("tbody tr").Select(row => row.Id!));
            if (!page.Has("a[rel=next]"))
                break;
        }

        Assert.Equal(111, seen.Count);
        Assert.Distinct(seen);
        Assert.Equal(11, page.FindAll("tbody tr").Count);
        Assert.StartsWith("Sent", page.TextsOf("tbody tr:last-child td")[0], StringComparison.Ordinal);
        Assert.Equal(Log(id), page.Find(".pager a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_export_holds_what_the_filter_shows_and_no_formula()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(ToTwo(CommunicationKind.PromotionalNotification, "To take away"));
        await app.FanOutAsync();
        await ChangeAsync(id, "alpine-cloud", mail => mail.RecordRefused("=1+1", addressIsWrong: false));

        var all = await visitor.GetAsync($"{Log(id)}/export");
        var some = await visitor.GetAsync($"{Log(id)}/export?state=Suppressed");

        Assert.Equal($"attachment; filename=\"communication-{id}-delivery.csv\"", all.Header("Content-Disposition"));
        Assert.Equal(
            "Recipient,Organization,Address,Occasion,Delivery status,Rule that stopped it,Queued (UTC),Handed over (UTC),Waits until (UTC),Attempts,In doubt,Last answer\r\n"
            + "Anna Winter,Alpine Cloud,global-admin@demo.example,Published,Failed,,2026-03-02 09:00:00,,,1,0,\"'=1+1\"\r\n"
            + "Ben Keller,Alpine Cloud,,Published,Not sent,The recipient had turned off emails of this kind.,2026-03-02 09:00:00,,,0,0,\r\n",
            Encoding.UTF8.GetString((await all.Content.ReadAsByteArrayAsync())[3..]));
        Assert.DoesNotContain("Anna Winter", await some.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_operators_did_not_publish_is_not_there()
    {
        var visitor = await app.SignInAsync("operator");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(Log(999_999))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"{Log(999_999)}/export")).StatusCode);
    }

    private static string Log(long id) => $"/operator/communications/{id}/delivery";

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static CommunicationDraft ToTwo(CommunicationKind kind, string title) =>
        Drafts.ForAlpine(kind, title, RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] };

    // As if a dispatcher had tried to send it.
    private Task<int> ChangeAsync(long communication, string organization, Action<OutboxMail> outcome) => app.InDatabaseAsync(async db =>
    {
        var mail = await db.OutboxMails.SingleAsync(row => row.CommunicationId == communication
            && row.State == MailState.Queued
            && db.Organizations.Any(known => known.Id == row.OrganizationId && known.Key == organization));
        mail.Claim("test");
        mail.StartSending(new(mail.Address!, mail.AddressSource!.Value), "Subject", "Text", "<p>Text</p>");
        outcome(mail);
        return await db.SaveChangesAsync();
    });
}
