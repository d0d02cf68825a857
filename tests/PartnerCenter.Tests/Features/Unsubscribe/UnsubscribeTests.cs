using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Unsubscribe;

/// <summary>The link of optional mail: it turns off just that, for whoever holds it, and looking at it does nothing.</summary>
public sealed partial class UnsubscribeTests : IAsyncLifetime, IDisposable
{
    private const string Dario = "helpdesk@demo.example";
    private const string Title = "What can be turned off";

    private readonly PortalApp _app = new();

    // Somebody at a mail program: no cookie, no token of a page.
    private Visitor _reader = null!;

    public Task InitializeAsync()
    {
        _reader = _app.Visit();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Optional_mail_carries_it_in_its_headers_and_in_both_texts()
    {
        await SendAsync(CommunicationKind.TransactionalNotification);

        var mail = Mail();
        var link = LinkIn(mail);
        Assert.Equal($"<http://localhost:5080{link}>", Header(mail, "List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", Header(mail, "List-Unsubscribe-Post"));
        Assert.Equal("<billing.transactional-notification.partnercenter.example>", Header(mail, "List-Id"));
        Assert.Equal(3, Link().Count(mail));
    }

    [Theory]
    [InlineData(CommunicationKind.MandatoryAction, false)]
    [InlineData(CommunicationKind.RecommendedAction, false)]
    [InlineData(CommunicationKind.TransactionalNotification, true)]
    public async Task Mail_that_is_required_carries_none(CommunicationKind kind, bool byAgreement)
    {
        await SendAsync(kind, byAgreement);

        Assert.DoesNotContain("unsubscribe", Mail(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Looking_at_it_changes_nothing_and_says_what_it_is_about()
    {
        var link = await LinkOfAsync(CommunicationKind.PromotionalNotification);

        var page = await _reader.OpenAsync(link);

        Assert.Equal("Turn off mail", page.Heading);
        Assert.Equal("Do you want no more mail like this?", page.TextOf(".lead"));
        Assert.Equal(["All workspaces", "Alpine Cloud", "h…@demo.example"], page.TextsOf(".facts dd"));
        Assert.Empty(await OptOutsAsync());
        Assert.Empty(_reader.Cookies);
    }

    [Theory]
    [InlineData(CommunicationKind.PromotionalNotification, null)]
    [InlineData(CommunicationKind.TransactionalNotification, "billing")]
    public async Task One_click_turns_off_that_kind_of_mail_as_far_as_the_kind_says(CommunicationKind kind, string? workspace)
    {
        var link = await LinkOfAsync(kind);

        var answers = new[] { await OneClickAsync(link), await OneClickAsync(link) };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.All(answers, answer => Assert.Empty(answer.CookiesSet()));
        Assert.Equal([(kind, workspace)], await OptOutsAsync());
    }

    [Fact]
    public async Task Mail_that_waits_already_is_not_sent_after_it()
    {
        var link = await LinkOfAsync(CommunicationKind.TransactionalNotification);
        await _app.PublishAsync(DraftOf(CommunicationKind.TransactionalNotification) with { Content = Drafts.English("Came too late") });
        await _app.FanOutAsync();

        await OneClickAsync(link);
        await _app.SendMailsAsync();

        var late = await _app.InDatabaseAsync(db => db.OutboxMails.OrderBy(mail => mail.Id).LastAsync());
        Assert.Equal((MailState.Suppressed, SuppressionReason.OptedOut), (late.State, late.SuppressedBecause));
    }

    [Fact]
    public async Task Its_reader_can_take_it_back_at_once_and_sees_it_in_My_preferences()
    {
        var link = await LinkOfAsync(CommunicationKind.PromotionalNotification);

        var off = await _reader.ReadAsync(await _reader.PressAsync((await _reader.OpenAsync(link)).ButtonOf(link)));
        var dario = await _app.SignInAsync("helpdesk");
        var cell = off.Find(".quiet a").GetAttribute("href")!.Split('#');
        var choices = await dario.OpenAsync(cell[0]);
        var on = await _reader.ReadAsync(await _reader.PressAsync(off.ButtonOf($"{link}/undo")));

        Assert.Equal("You get no more mail like this.", off.TextOf("[role=status]"));
        Assert.Equal(("/o/alpine-cloud/my-preferences", "Off"), (cell[0], choices.TextOf($"#{cell[1]}")));
        Assert.Equal("You get mail like this again.", on.TextOf("[role=status]"));
        Assert.True(on.PostsTo(link));
        Assert.Empty(await OptOutsAsync());
        Assert.Empty(_reader.Cookies);
    }

    [Fact]
    public async Task After_an_hour_it_can_only_be_taken_back_by_whoever_signs_in()
    {
        var link = await LinkOfAsync(CommunicationKind.PromotionalNotification);
        await OneClickAsync(link);
        _app.Clock.Advance(TimeSpan.FromHours(1));

        var later = await _reader.OpenAsync(link);
        var refused = await _reader.ReadAsync(await _reader.PostWithoutTokenAsync($"{link}/undo"));

        Assert.False(later.PostsTo($"{link}/undo"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("This mail was turned off more than an hour ago. Sign in and turn it on again in My preferences.", refused.TextOf(".notice"));
        Assert.Single(await OptOutsAsync());
    }

    [Fact]
    public async Task What_was_turned_off_in_My_preferences_is_not_taken_back_by_a_link()
    {
        var link = await LinkOfAsync(CommunicationKind.PromotionalNotification);
        await ChooseAsync(CommunicationKind.PromotionalNotification, workspace: null);

        var page = await _reader.OpenAsync(link);
        var refused = await _reader.ReadAsync(await _reader.PostWithoutTokenAsync($"{link}/undo"));

        Assert.False(page.PostsTo($"{link}/undo"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("This mail was not turned off by a link in a mail. Sign in and turn it on again in My preferences.", refused.TextOf(".notice"));
        Assert.Single(await OptOutsAsync());
    }

    [Fact]
    public async Task Whoever_gets_no_mail_of_the_kind_at_all_is_told_so()
    {
        var link = await LinkOfAsync(CommunicationKind.TransactionalNotification);
        await ChooseAsync(CommunicationKind.TransactionalNotification, workspace: null);

        var page = await _reader.OpenAsync(link);

        Assert.Equal("Mail of this kind is already turned off for all workspaces.", page.TextOf(".lead"));
        Assert.False(page.PostsTo(link));
    }

    [Fact]
    public async Task What_a_link_did_and_took_back_is_in_the_history()
    {
        var link = await LinkOfAsync(CommunicationKind.TransactionalNotification);
        await OneClickAsync(link);
        await OneClickAsync(link);
        await _reader.PostWithoutTokenAsync($"{link}/undo");

        var dario = await _app.SignInAsync("helpdesk");
        var history = await dario.OpenAsync("/o/alpine-cloud/my-preferences/history");

        Assert.Equal(
            ["Transactional notification – Billing|Off|On|Link in a mail", "Transactional notification – Billing|On|Off|Link in a mail"],
            history.FindAll("tbody tr").Take(2).Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent))));
        Assert.Equal(2, await _app.InDatabaseAsync(db => db.PreferenceChanges.CountAsync(change => change.ChangedBy == ChangedBy.MailLink)));
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_is_not_there()
    {
        var link = await LinkOfAsync(CommunicationKind.PromotionalNotification);
        var other = _app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Another purpose").Protect("1 promotional-notification *");

        foreach (var forged in new[] { $"/unsubscribe/{other}", "/unsubscribe/nonsense", link[..^1], $"{link}x", link[..60] + link[61..] })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _reader.GetAsync(forged)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await OneClickAsync(forged)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await _reader.PostWithoutTokenAsync($"{forged}/undo")).StatusCode);
        }

        Assert.Empty(await OptOutsAsync());
    }

    [Fact]
    public async Task Of_two_mail_programs_that_ask_at_the_same_moment_both_are_told_that_it_is_done()
    {
        var what = new Unsubscription(await DarioAsync(), CommunicationKind.PromotionalNotification, Workspace: null);
        await using var scope = _app.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<OptOutChanges>();

        // What the first has decided and not saved yet when the other one is done.
        scope.ServiceProvider.GetRequiredService<PartnerCenterDb>().Add(new OptOut(what.MembershipId, what.Kind, what.Workspace, _app.Clock.Now));
        await using (var other = _app.Services.CreateAsyncScope())
            await other.ServiceProvider.GetRequiredService<OptOutChanges>().UnsubscribeAsync(what);

        await first.UnsubscribeAsync(what);

        Assert.Single(await OptOutsAsync());
    }

    private static CommunicationDraft DraftOf(CommunicationKind kind) => Drafts.ForAlpine(kind, Title, RoleCatalogue.SupportAdmin) with { Workspace = "billing" };

    private static string Header(string mail, string name) =>
        Regex.Match(mail.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal), $@"^{name}: +(.*?)\r?$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups[1].Value;

    private static string LinkIn(string mail) => Link().Match(mail).Value;

    private async Task<string> LinkOfAsync(CommunicationKind kind)
    {
        await SendAsync(kind);
        return LinkIn(Mail());
    }

    private async Task SendAsync(CommunicationKind kind, bool byAgreement = false)
    {
        await _app.PublishAsync(DraftOf(kind) with { RequiredByAgreement = byAgreement });
        await _app.SendMailsAsync();
    }

    private string Mail() => ConfirmationMail.TextsTo(_app.MailFolder, Dario).Single(mail => mail.Contains(Title, StringComparison.Ordinal));

    private Task<HttpResponseMessage> OneClickAsync(string link) => _reader.PostWithoutTokenAsync(link, ("List-Unsubscribe", "One-Click"));

    private async Task ChooseAsync(CommunicationKind kind, string? workspace)
    {
        var id = await DarioAsync();
        await _app.InDatabaseAsync(async db =>
        {
            var dario = await db.Memberships.Include(membership => membership.OptOuts).SingleAsync(membership => membership.Id == id);
            dario.Choose(kind, workspace, isWanted: false, new(ChangedBy.MyPreferences, _app.Clock.Now));
            return await db.SaveChangesAsync();
        });
    }

    private Task<int> DarioAsync() => _app.InDatabaseAsync(db =>
        db.Memberships.Where(membership => membership.Person.SignInAddress == Dario).Select(membership => membership.Id).SingleAsync());

    private async Task<List<(CommunicationKind Kind, string? Workspace)>> OptOutsAsync()
    {
        var dario = await DarioAsync();
        return [.. (await _app.InDatabaseAsync(db => db.OptOuts.Where(optOut => optOut.MembershipId == dario).ToListAsync()))
            .Select(optOut => (optOut.Kind, optOut.Workspace))];
    }

    [GeneratedRegex("/unsubscribe/[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
