using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class MailHistoryTests(PortalApp app) : IClassFixture<PortalApp>
{
    private DateTime Later => app.Clock.GetUtcNow().UtcDateTime.AddHours(2);

    [Fact]
    public async Task A_reader_is_told_to_which_address_the_mail_was_handed_over_and_why_there()
    {
        var id = await QueueAsync(CommunicationKind.MandatoryAction);
        await app.SendMailsAsync();

        Assert.Equal(
            "Mail to you was handed over to the mail relay for global-admin@demo.example, your sign-in address, because no confirmed contact address could be used.",
            await ToldAsync("global-admin", id));
    }

    [Fact]
    public async Task A_reader_who_chose_a_contact_address_is_told_that_it_went_there()
    {
        var id = await QueueAsync(CommunicationKind.MandatoryAction);
        await TryAsync(id, mail => mail.RecordSent("250", app.Clock.GetUtcNow().UtcDateTime), new("anna@elsewhere.example", AddressSource.Contact));

        Assert.Equal("Mail to you was handed over to the mail relay for anna@elsewhere.example, your contact address.", await ToldAsync("global-admin", id));
    }

    [Fact]
    public async Task A_reader_is_told_which_rule_stopped_the_mail()
    {
        var id = await QueueAsync(CommunicationKind.PromotionalNotification);

        Assert.Equal("No mail to you: The recipient had turned off emails of this kind.", await ToldAsync("billing-admin", id));
    }

    [Fact]
    public async Task A_reader_is_told_that_the_mail_waits_and_until_when()
    {
        var fresh = await QueueAsync(CommunicationKind.MandatoryAction);
        var deferred = await QueueAsync(CommunicationKind.MandatoryAction);
        await TryAsync(deferred, mail => mail.RecordDeferred("451 busy", Later, inDoubt: false));

        Assert.Equal("Mail to you waits to be sent.", await ToldAsync("global-admin", fresh));
        Assert.Equal(
            "Mail to you could not be handed over yet and is tried again on 2 March 2026 11:00 UTC. The last answer was: 451 busy",
            await ToldAsync("global-admin", deferred));
    }

    [Fact]
    public async Task A_reader_is_told_with_what_the_mail_failed_or_was_refused()
    {
        var failed = await QueueAsync(CommunicationKind.MandatoryAction);
        var bounced = await QueueAsync(CommunicationKind.MandatoryAction);
        await TryAsync(failed, mail => mail.RecordRefused("554 policy", addressIsWrong: false));
        await TryAsync(bounced, mail => mail.RecordRefused("550 unknown", addressIsWrong: true));

        Assert.Equal("Mail to you could not be sent and is not tried any more: 554 policy", await ToldAsync("global-admin", failed));
        Assert.Equal("Mail to you was refused at global-admin@demo.example: 550 unknown", await ToldAsync("global-admin", bounced));
    }

    private async Task<long> QueueAsync(CommunicationKind kind)
    {
        var id = await app.PublishAsync(Drafts.ForAlpine(kind, "To be told", RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] });
        await app.FanOutAsync();
        return id;
    }

    private async Task<string> ToldAsync(string person, long id)
    {
        var visitor = await app.SignInAsync(person);
        var page = await visitor.OpenAsync($"/o/alpine-cloud/action-center/{id}");
        return Assert.Single(page.TextsOf(".history li > span:first-child"), line => line.Contains("ail to you", StringComparison.Ordinal));
    }

    // As if a dispatcher had tried to send the mail to the Global admin.
    private Task<int> TryAsync(long communication, Action<OutboxMail> outcome, MailAddressee? to = null) => app.InDatabaseAsync(async db =>
    {
        var mail = await db.OutboxMails.SingleAsync(row => row.CommunicationId == communication && row.Address == "global-admin@demo.example");
        mail.Claim("test");
        mail.StartSending(to ?? new(mail.Address!, mail.AddressSource!.Value), "Subject", "Text", "<p>Text</p>");
        outcome(mail);
        return await db.SaveChangesAsync();
    });
}
