using System.Net;
using AngleSharp.Dom;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SentMail;

public sealed class SentMailTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string SentMail = "/o/alpine-cloud/sent-mail";

    [Fact]
    public async Task It_shows_each_mail_with_its_recipient_and_what_was_sent()
    {
        var visitor = await app.SignInAsync("global-admin");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Check the address", RoleCatalogue.BillingAdmin));

        await app.SendMailsAsync();

        var mail = Mail(await visitor.OpenAsync(SentMail), "Check the address");
        Assert.Equal("Sent", mail.QuerySelector(".pill--good")!.TextContent);
        Assert.Contains("Ben Keller · billing-admin@demo.example", mail.TextContent, StringComparison.Ordinal);
        Assert.Contains("Hello Ben Keller,", mail.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_why_a_mail_was_not_sent()
    {
        var visitor = await app.SignInAsync("global-admin");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "A special offer", RoleCatalogue.BillingAdmin));

        await app.SendMailsAsync();

        var mail = Mail(await visitor.OpenAsync(SentMail), "A special offer");
        Assert.Contains("Not sent", mail.TextContent, StringComparison.Ordinal);
        Assert.Contains("The recipient had turned off emails of this kind.", mail.TextContent, StringComparison.Ordinal);
        Assert.Null(mail.QuerySelector("pre"));
    }

    [Fact]
    public async Task It_shows_a_mail_that_still_waits()
    {
        var visitor = await app.SignInAsync("publisher");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Not yet on its way", RoleCatalogue.Owner) with { Organizations = ["harbor-apps"] });

        await app.FanOutAsync();

        var mail = Mail(await visitor.OpenAsync("/o/harbor-apps/sent-mail"), "Not yet on its way");
        Assert.Contains("Waiting", mail.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_nothing_of_other_organizations()
    {
        var visitor = await app.SignInAsync("dutch-admin");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Only for Alpine", RoleCatalogue.GlobalAdmin));

        await app.SendMailsAsync();

        var page = await visitor.OpenAsync("/o/lowland-digital/sent-mail");
        Assert.NotEmpty(page.FindAll(".mails li"));
        Assert.DoesNotContain("Only for Alpine", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna Winter", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("billing-admin")]
    [InlineData("program-admin")]
    [InlineData("newcomer")]
    public async Task Whoever_does_not_administer_the_organization_is_refused(string person)
    {
        var visitor = await app.SignInAsync(person);

        var page = await visitor.OpenAsync(SentMail);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.True(page.Has("a[href='/o/alpine-cloud/my-access']"));
    }

    [Fact]
    public async Task Each_mail_is_a_file_to_one_recipient()
    {
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Into the folder", RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] });

        await app.SendMailsAsync();

        var recipients = Directory.EnumerateFiles(app.MailFolder, "*.eml")
            .Select(File.ReadAllLines)
            .Where(lines => Array.Exists(lines, line => line.Contains("Into the folder", StringComparison.Ordinal)))
            .Select(lines => Assert.Single(lines, line => line.StartsWith("To:", StringComparison.Ordinal)));
        Assert.Equal(["To: billing-admin@demo.example", "To: global-admin@demo.example"], recipients.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_long_list_goes_on_over_the_page()
    {
        var visitor = await app.SignInAsync("publisher");
        for (var number = 1; number <= 51; number++)
            await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, $"News {number:00}", RoleCatalogue.Owner) with { Organizations = ["harbor-apps"] });
        await app.FanOutAsync();

        var first = await visitor.OpenAsync("/o/harbor-apps/sent-mail");
        var second = await visitor.OpenAsync(first.Find("a[rel=next]").GetAttribute("href")!);

        Assert.Equal(50, first.FindAll(".mails > li").Count);
        Assert.Contains("News 51", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("News 01", first.Text, StringComparison.Ordinal);
        Assert.Contains("News 01", second.Text, StringComparison.Ordinal);
        Assert.True(second.Has("a[rel=prev]"));
    }

    [Fact]
    public async Task It_finds_the_mails_that_stand_like_this_and_those_to_a_person()
    {
        var visitor = await app.SignInAsync("global-admin");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "To be filtered", RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] });
        await app.SendMailsAsync();

        var sent = await visitor.OpenAsync($"{SentMail}?state=Sent");
        var toBen = await visitor.OpenAsync($"{SentMail}?state=Suppressed&person=ben");

        Assert.All(sent.TextsOf(".mails .pill"), pill => Assert.Equal("Sent", pill));
        Assert.Contains("Anna Winter", Mail(sent, "To be filtered").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ben Keller", Mail(toBen, "To be filtered").TextContent, StringComparison.Ordinal);
        Assert.Equal($"{SentMail}?person=ben", toBen.FindAll(".chips a")[0].GetAttribute("href"));
        Assert.Equal("No mail matches the filter.", (await visitor.OpenAsync($"{SentMail}?person=nobody")).TextOf(".empty"));
    }

    [Fact]
    public async Task The_export_holds_what_the_filter_shows()
    {
        var visitor = await app.SignInAsync("global-admin");
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "=Taken away", RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] });
        await app.SendMailsAsync();

        var file = await visitor.GetAsync($"{SentMail}/export?state=Suppressed");

        Assert.Equal("attachment; filename=\"alpine-cloud-sent-mail.csv\"", file.Header("Content-Disposition"));
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.EndsWith("Queued (UTC),Recipient,Address,Subject line,Delivery status,Rule that stopped it,Handed over (UTC),Last answer", lines[0], StringComparison.Ordinal);
        Assert.Equal("2026-03-02 09:00:00,Ben Keller,,\"'=Taken away\",Not sent,The recipient had turned off emails of this kind.,,", lines[1]);
        Assert.DoesNotContain(lines, line => line.Contains("Anna Winter", StringComparison.Ordinal));
    }

    private static IElement Mail(Page page, string title) =>
        Assert.Single(page.FindAll(".mails > li"), mail => mail.QuerySelector(".disclosure-name")!.TextContent.Contains(title, StringComparison.Ordinal));
}

public sealed class SentMailOfNobodyTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Before_the_first_mail_it_says_so()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/sent-mail");

        Assert.Equal("No mail has been written yet. Mail to members of your organization appears here when the program publishes something.", page.TextOf(".empty"));
    }
}
