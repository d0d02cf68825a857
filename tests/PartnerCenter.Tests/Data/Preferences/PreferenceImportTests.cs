using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Data.Preferences.PreferenceImportEffect;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Data.Preferences;

public sealed class PreferenceImportTests : IAsyncLifetime, IDisposable
{
    private const string Heading = "organization,address,preference,workspace,value,decided_at\n";
    private const string Noa = "alpine-cloud,noa@work.example";

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _noa = null!;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _noa = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Noa Lind", address: "noa@work.example"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_was_decided_in_the_old_system_counts_with_the_time_of_the_decision()
    {
        var plan = await ImportAsync(
            $"{Noa},promotional-notification,all,no,2025-11-02",
            "ALPINE-CLOUD,Noa@Work.Example,transactional-notification,billing,NO,2025-11-02T10:15:00+01:00",
            $"{Noa},email-language,,nl,2025-11-02T10:15:00Z",
            $"{Noa},job-title,,Head of finance,2025-11-02",
            $"{Noa},time-zone,,Europe/Zurich,2025-11-02");

        Assert.True(plan.IsDone);
        Assert.Equal([Change, Change, Change, Change, Change], plan.Steps.Select(step => step.Effect));
        var noa = await NoaAsync();
        Assert.Equal(("nl", "Head of finance", "Europe/Zurich"), (noa.EmailLanguage, noa.JobTitle, noa.TimeZone));
        Assert.False(noa.Wants(PromotionalNotification, "customers"));
        Assert.False(noa.Wants(TransactionalNotification, "billing"));
        Assert.True(noa.Wants(TransactionalNotification, "customers"));
        Assert.Equal(
            (new DateTime(2025, 11, 2, 9, 15, 0), ChangedBy.Import),
            noa.FindOptOut(TransactionalNotification, "billing") is { } optOut ? (optOut.DecidedAt, optOut.DecidedBy) : default);
        Assert.All(noa.PreferenceChanges, change => Assert.Equal(ChangedBy.Import, change.ChangedBy));
    }

    [Theory]
    [InlineData(ChangedBy.MyPreferences)]
    [InlineData(ChangedBy.FirstVisit)]
    [InlineData(ChangedBy.MailLink)]
    [InlineData(ChangedBy.Complaint)]
    public async Task What_was_decided_here_later_stays_whichever_way_it_went(ChangedBy way)
    {
        var decided = new DateTime(2026, 1, 5, 12, 0, 0, DateTimeKind.Utc);
        await ChangeAsync(noa =>
        {
            noa.Choose(PromotionalNotification, workspace: null, isWanted: false, new(way, decided));
            noa.Choose(TransactionalNotification, "billing", isWanted: false, new(way, decided.AddDays(-1)));
            noa.Choose(TransactionalNotification, "billing", isWanted: true, new(way, decided));
            noa.WriteIn("nl", new(way, decided));
        });

        var plan = await ImportAsync(
            $"{Noa},promotional-notification,all,yes,2026-01-05T12:00:00Z",
            $"{Noa},transactional-notification,billing,no,2026-01-05",
            $"{Noa},email-language,,en,2025-12-31");

        Assert.Equal([Keep, Keep, Keep], plan.Steps.Select(step => step.Effect));
        Assert.Equal("Reason.DecidedLater", plan.Steps[0].Because!.Key);
        var kept = await NoaAsync();
        Assert.Equal((false, true, "nl"), (kept.Wants(PromotionalNotification, "billing"), kept.Wants(TransactionalNotification, "billing"), kept.EmailLanguage));

        var later = await ImportAsync($"{Noa},promotional-notification,all,yes,2026-01-05T12:00:01Z");

        Assert.Equal(Change, later.Steps[0].Effect);
        Assert.True((await NoaAsync()).Wants(PromotionalNotification, "billing"));
    }

    [Fact]
    public async Task A_choice_that_is_older_than_the_history_stays_too()
    {
        await _database.QueryAsync(async db =>
        {
            db.Add(new OptOut(_noa.Id, PromotionalNotification, "billing", new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc)));
            return await db.SaveChangesAsync();
        });

        var plan = await ImportAsync($"{Noa},promotional-notification,billing,yes,2026-01-04");

        Assert.Equal(Keep, plan.Steps[0].Effect);
        Assert.False((await NoaAsync()).Wants(PromotionalNotification, "billing"));
    }

    [Fact]
    public async Task Of_two_lines_about_one_thing_the_later_decision_counts_wherever_it_stands()
    {
        var plan = await ImportAsync(
            $"{Noa},promotional-notification,all,no,2025-11-03",
            $"{Noa},promotional-notification,all,yes,2025-11-02",
            $"{Noa},email-language,,en,2025-11-03",
            $"{Noa},email-language,,nl,2025-11-02");

        Assert.Equal([Change, Nothing, Change, Change], plan.Steps.Select(step => step.Effect));
        var noa = await NoaAsync();
        Assert.Equal((false, "en"), (noa.Wants(PromotionalNotification, "billing"), noa.EmailLanguage));
    }

    [Theory]
    [InlineData("mandatory-action,all,no,2025-11-02", "Reason.MailIsRequired")]
    [InlineData("recommended-action,billing,no,2025-11-02", "Reason.MailIsRequired")]
    [InlineData("promotional-notification,all,perhaps,2025-11-02", "Reason.NeitherYesNorNo")]
    [InlineData("promotional-notification,,no,2025-11-02", "Reason.UnknownWorkspace")]
    [InlineData("promotional-notification,golf,no,2025-11-02", "Reason.UnknownWorkspace")]
    [InlineData("account-mail,all,no,2025-11-02", "Reason.NoSuchPreference")]
    [InlineData("contact-address,,noa@home.example,2025-11-02", "Reason.NoSuchPreference")]
    [InlineData("email-language,,de,2025-11-02", "Reason.NoSuchValue")]
    [InlineData("email-language,billing,nl,2025-11-02", "Reason.NotOfOneWorkspace")]
    [InlineData("time-zone,,Europe/Atlantis,2025-11-02", "Reason.NoSuchValue")]
    [InlineData("email-language,,nl,yesterday", "Reason.NoMoment")]
    [InlineData("email-language,,nl,", "Reason.NoMoment")]
    [InlineData("email-language,,nl,2031-01-01", "Reason.DecidedInTheFuture")]
    [InlineData("email-language,,nl", "Reason.WrongNumberOfFields")]
    public async Task A_line_that_is_wrong_keeps_the_whole_file_from_being_imported(string line, string reason)
    {
        var plan = await ImportAsync($"{Noa},promotional-notification,all,no,2025-11-02", $"{Noa},{line}");

        Assert.Equal((false, false), (plan.IsAllowed, plan.IsDone));
        Assert.Equal((3, Refused, reason), (plan.Steps[1].Line.Number, plan.Steps[1].Effect, plan.Steps[1].Because!.Key));
        Assert.Empty((await NoaAsync()).PreferenceChanges);
    }

    [Fact]
    public async Task What_is_required_may_be_on_and_a_job_title_has_a_length()
    {
        var plan = await ImportAsync($"{Noa},mandatory-action,all,yes,2025-11-02", $"{Noa},job-title,,{new string('x', 201)},2025-11-02");

        Assert.Equal([(Nothing, null), (Refused, "Reason.NoSuchValue")], plan.Steps.Select(step => (step.Effect, step.Because?.Key)));
    }

    [Fact]
    public async Task Nobody_is_made_a_member_and_lines_about_others_are_left_out()
    {
        var removed = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Rita", address: "rita@work.example"));
        await _database.Scenario.ChangeAsync(removed, fresh =>
        {
            fresh.Remove(_database.Time.Now);
            return fresh;
        });

        var plan = await ImportAsync(
            $"{Noa},email-language,,nl,2025-11-02",
            "alpine-cloud,nobody@work.example,email-language,,nl,2025-11-02",
            "alpine-cloud,rita@work.example,email-language,,nl,2025-11-02",
            "harbor-apps,noa@work.example,email-language,,nl,2025-11-02");

        Assert.True(plan.IsDone);
        Assert.Equal([Change, Skip, Skip, Skip], plan.Steps.Select(step => step.Effect));
        Assert.Equal(2, await _database.QueryAsync(db => db.Memberships.CountAsync()));
    }

    [Fact]
    public async Task To_look_changes_nothing_and_to_import_twice_does_nothing_the_second_time()
    {
        string[] lines = [$"{Noa},promotional-notification,all,no,2025-11-02", $"{Noa},email-language,,nl,2025-11-02"];

        var looked = await RunAsync(import => import.PreviewAsync(LinesOf(lines)));

        Assert.Equal((2, false), (looked.Count(Change), looked.IsDone));
        Assert.Empty((await NoaAsync()).PreferenceChanges);

        await ImportAsync(lines);
        var again = await ImportAsync(lines);

        Assert.Equal((2, true), (again.Count(Nothing), again.DoesNothing));
        Assert.Equal(2, (await NoaAsync()).PreferenceChanges.Count);
    }

    [Fact]
    public async Task What_is_not_what_was_looked_at_is_not_imported()
    {
        string[] lines = [$"{Noa},promotional-notification,all,no,2025-11-02"];
        var looked = await RunAsync(import => import.PreviewAsync(LinesOf(lines)));
        await ChangeAsync(noa => noa.Choose(PromotionalNotification, workspace: null, isWanted: false, new(ChangedBy.MailLink, _database.Time.Now)));

        var plan = await RunAsync(import => import.CommitAsync(LinesOf(lines), looked.Fingerprint));

        Assert.False(plan.IsDone);
        Assert.Equal(Nothing, plan.Steps[0].Effect);
    }

    private static IReadOnlyList<PreferenceCsvLine> LinesOf(params string[] lines) =>
        PreferenceCsv.Read(Encoding.UTF8.GetBytes(Heading + string.Join('\n', lines))).Lines;

    private Task<PreferenceImportPlan> ImportAsync(params string[] lines) => RunAsync(import => import.CommitAsync(LinesOf(lines)));

    private Task<PreferenceImportPlan> RunAsync(Func<PreferenceImport, Task<PreferenceImportPlan>> work) => _database.WithAsync<PreferenceImport, PreferenceImportPlan>(work);

    private Task ChangeAsync(Action<Membership> change) => _database.QueryAsync(async db =>
    {
        change(await db.Memberships.Include(member => member.OptOuts).SingleAsync(member => member.Id == _noa.Id));
        return await db.SaveChangesAsync();
    });

    private Task<Membership> NoaAsync() => _database.QueryAsync(db => db.Memberships
        .Include(member => member.OptOuts)
        .Include(member => member.PreferenceChanges)
        .SingleAsync(member => member.Id == _noa.Id));
}
