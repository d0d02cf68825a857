using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Delivery;

public sealed class MailVerbsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private DateTime Now => app.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task A_mail_that_failed_is_tried_again_as_if_it_was_new()
    {
        var visitor = await app.SignInAsync("operator");
        var (id, mail) = await QueueAsync("Once more");
        await TryAsync(mail, tried => tried.RecordRefused("554 policy", addressIsWrong: false));
        var page = await visitor.OpenAsync($"{Log(id)}?state=Failed");

        var answer = await visitor.PressAsync(page.ButtonOf($"/operator/mails/{mail}/retry?state=Failed"));

        Assert.Equal($"{Log(id)}?state=Failed", answer.LocationOf());
        Assert.Contains("The mail is in the queue again.", (await visitor.FollowAsync(answer)).Html, StringComparison.Ordinal);
        var waiting = await MailAsync(mail);
        Assert.Equal((MailState.Queued, 0, 0, Now), (waiting.State, waiting.Claims, waiting.Attempts, waiting.NextAttemptAt));
        await app.SendMailsAsync();
        Assert.Equal(MailState.Sent, (await MailAsync(mail)).State);
    }

    [Fact]
    public async Task A_mail_that_is_given_up_says_by_whom()
    {
        var visitor = await app.SignInAsync("operator");
        var (id, mail) = await QueueAsync("Never mind");

        await visitor.PressAsync((await visitor.OpenAsync(Log(id))).ButtonOf($"/operator/mails/{mail}/give-up"));

        var page = await visitor.OpenAsync(Log(id));
        Assert.StartsWith("Failed Last answer: Given up by ", page.TextsOf("tbody td")[0], StringComparison.Ordinal);
        Assert.False(page.PostsTo($"/operator/mails/{mail}/give-up"));
    }

    [Fact]
    public async Task What_was_sent_has_no_button_and_is_refused_with_a_sentence()
    {
        var visitor = await app.SignInAsync("operator");
        var (id, mail) = await QueueAsync("Gone");
        await app.SendMailsAsync();

        var page = await visitor.OpenAsync(Log(id));
        var refused = await visitor.ReadAsync(await visitor.ForgeAsync($"/operator/mails/{mail}/retry"));

        Assert.False(page.Has("tbody button"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("This mail was sent", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync("/operator/mails/999999/retry")).StatusCode);
    }

    [Fact]
    public async Task All_that_match_are_tried_again_or_given_up_at_once()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Many", RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] });
        await app.FanOutAsync();
        var mails = await app.InDatabaseAsync(db => db.OutboxMails.Where(mail => mail.CommunicationId == id).OrderBy(mail => mail.Id).Select(mail => mail.Id).ToListAsync());
        foreach (var mail in mails)
            await TryAsync(mail, tried => tried.RecordDeferred("451", Now.AddHours(1), inDoubt: false));

        var list = await visitor.OpenAsync($"{Log(id)}?state=Deferred&name=anna");
        var given = await visitor.FollowAsync(await visitor.PressAsync(list.ButtonOf($"{Log(id)}/give-up?state=Deferred&name=anna")));
        var retried = await visitor.FollowAsync(await visitor.PressAsync((await visitor.OpenAsync($"{Log(id)}?state=Deferred")).ButtonOf($"{Log(id)}/retry?state=Deferred")));

        Assert.Contains("Given up: 1. Left as they were: 0.", given.Html, StringComparison.Ordinal);
        Assert.Contains("In the queue again: 1. Left as they were: 0.", retried.Html, StringComparison.Ordinal);
        Assert.Equal(
            [MailState.Failed, MailState.Queued],
            await app.InDatabaseAsync(db => db.OutboxMails.Where(mail => mail.CommunicationId == id).Select(mail => mail.State).OrderBy(state => state).ToListAsync()));
    }

    [Theory]
    [InlineData("retry", "")]
    [InlineData("retry", "?state=Sent")]
    [InlineData("give-up", "?state=Waiting")]
    public async Task What_needs_nobody_is_not_dealt_with_as_a_whole(string verb, string filter)
    {
        var visitor = await app.SignInAsync("operator");
        var (id, mail) = await QueueAsync("Left alone");

        var page = await visitor.OpenAsync(Log(id) + filter);
        var answer = await visitor.ForgeAsync($"{Log(id)}/{verb}{filter}");

        Assert.False(page.PostsTo($"{Log(id)}/{verb}{filter}"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(MailState.Queued, (await MailAsync(mail)).State);
    }

    [Fact]
    public async Task A_dispatcher_that_is_faster_wins()
    {
        var (_, mail) = await QueueAsync("A race");
        await using var scope = app.Services.CreateAsyncScope();
        var slow = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        await slow.OutboxMails.SingleAsync(row => row.Id == mail);
        await app.InDatabaseAsync(async db =>
        {
            (await db.OutboxMails.SingleAsync(row => row.Id == mail)).Claim("faster");
            return await db.SaveChangesAsync();
        });

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => scope.ServiceProvider.GetRequiredService<MailVerbs>().UseAsync(mail, MailVerb.GiveUp, "Olga"));

        Assert.Equal(MailState.Claimed, (await MailAsync(mail)).State);
    }

    private static string Log(long id) => $"/operator/communications/{id}/delivery";

    private async Task<(long Communication, long Mail)> QueueAsync(string title)
    {
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, title, RoleCatalogue.GlobalAdmin));
        await app.FanOutAsync();
        return (id, await app.InDatabaseAsync(db => db.OutboxMails.Where(mail => mail.CommunicationId == id).Select(mail => mail.Id).SingleAsync()));
    }

    private Task<OutboxMail> MailAsync(long id) => app.InDatabaseAsync(db => db.OutboxMails.AsNoTracking().SingleAsync(mail => mail.Id == id));

    // As if a dispatcher had tried to send it.
    private Task<int> TryAsync(long id, Action<OutboxMail> outcome) => app.InDatabaseAsync(async db =>
    {
        var mail = await db.OutboxMails.SingleAsync(row => row.Id == id);
        mail.Claim("test");
        mail.StartSending(new(mail.Address!, mail.AddressSource!.Value), "Subject", "Text", "<p>Text</p>");
        outcome(mail);
        return await db.SaveChangesAsync();
    });
}
