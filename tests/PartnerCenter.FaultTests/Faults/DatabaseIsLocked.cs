using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F11: another program holds the database, for a second, for ten and for sixty, or commits all the time, while the portal sends.</summary>
[Trait("Length", "Long")]
public sealed class DatabaseIsLocked
{
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);

    // The portal waits for half a minute at most for its own writers, and as long for others; a slow machine takes a little longer to say so.
    private static readonly TimeSpan ThePortalWaits = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAnswer = (2 * ThePortalWaits) + TimeSpan.FromSeconds(15);

    // What was in doubt waits for a quarter of an hour, give or take a fifth.
    private static readonly TimeSpan PastEveryWait = TimeSpan.FromMinutes(25);

    [Fact]
    public async Task Whoever_writes_waits_and_then_hears_when_to_come_back_and_no_mail_suffers()
    {
        var figures = new Figures("F11");
        List<TimeSpan> holds =
        [
            .. Enumerable.Repeat(TimeSpan.FromSeconds(1), Rounds.Of(6)),
            .. Enumerable.Repeat(TimeSpan.FromSeconds(10), Rounds.Of(3)),
            .. Enumerable.Repeat(TimeSpan.FromSeconds(60), Rounds.Of(1)),
        ];
        var mails = Rounds.Of(2000);
        await using var world = await World.CreateAsync(mails);
        using var sink = await SinkProcess.StartAsync(world);
        var clock = new WallClock(world);
        using var portal = await PortalProcess.StartHookedAsync(world, sink, [clock.Hook]);
        await using var visitor = await Visitor.ComeAsync(world, () => portal);
        using var publisher = world.Publisher(portal);
        var communication = await world.PublishAsync(portal, World.Mandatory, "f11");
        var (slowest, refused) = (TimeSpan.Zero, 0);
        for (var round = 0; round < holds.Count; round++)
        {
            var from = (round + Random.Shared.NextDouble()) * mails * 0.85 / holds.Count;
            await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
            var wish = new Wish(World.Promotional, $"f11 {round}", $"Locked {round}") { ForOthers = true };
            var (status, took) = await PublishWhileLockedAsync(world, publisher, visitor, wish, holds[round]);
            // Who is told to come back comes back.
            var asked = await world.PublishAsync(portal, wish);
            Assert.Equal([asked], await IdsAsync(world, wish.Title));
            Assert.True(status == HttpStatusCode.Created || holds[round] > ThePortalWaits, $"{(int)status} after {holds[round].TotalSeconds:0} s");
            refused += status == HttpStatusCode.Created ? 0 : 1;
            slowest = took > slowest ? took : slowest;
        }

        var checker = new Checker(world, sink);
        await checker.SkipWaitsAsync(clock, PastEveryWait, TimeSpan.FromMinutes(5));
        await checker.SettledAsync(TimeSpan.FromMinutes(5));
        var findings = await checker.CheckAsync(
            communication, isPromotional: false, mostInDoubt: holds.Count(hold => hold > ThePortalWaits) * PortalProcess.MostInDoubt);
        await checker.NoMailHasSufferedAsync(communication);
        await checker.ActionCenterAsync(portal, "A fault");
        await visitor.LeaveAsync();
        Assert.Equal(0, visitor.ComeBackLater);
        figures.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"locked {holds.Count} times, for 1, 10 and 60 s: {refused} publishes refused with 503, the slowest answer after {slowest.TotalSeconds:0} s: {findings}"));
    }

    [Fact]
    public async Task Nothing_is_written_on_what_is_past()
    {
        var figures = new Figures("F11");
        var mails = Rounds.Of(1000);
        await using var world = await World.CreateAsync(mails, mixed: true);
        using var sink = await SinkProcess.StartAsync(world);
        using var portal = await PortalProcess.StartAsync(world, sink);
        await using var visitor = await Visitor.ComeAsync(world, () => portal);
        using var enough = new CancellationTokenSource();
        var fidgeting = OtherWriter.FidgetAsync(world, enough.Token);
        Assert.Equal(OtherWriter.BusySnapshot, await OtherWriter.WritesOnWhatIsPastAsync(world));

        var communication = await world.PublishAsync(portal, World.Promotional, "f11 past");
        var checker = new Checker(world, sink);
        await checker.SettledAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(OtherWriter.BusySnapshot, await OtherWriter.WritesOnWhatIsPastAsync(world));
        await enough.CancelAsync();
        var commits = await fidgeting;

        var findings = await checker.CheckAsync(communication, isPromotional: true, mostInDoubt: 0);
        Assert.Equal(0, findings.Doubles);
        Assert.Equal(0, world.CountInLog("database is locked"));
        await checker.ActionCenterAsync(portal, "A fault");
        await visitor.LeaveAsync();
        Assert.Equal(0, visitor.ComeBackLater);
        figures.Write($"{commits} commits of somebody else meanwhile, none of which the portal met in the middle of a transaction: {findings}");
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> PublishWhileLockedAsync(
        World world, HttpClient publisher, Visitor visitor, Wish wish, TimeSpan hold)
    {
        Task<(HttpResponseMessage Answer, TimeSpan Took)> asking;
        using (OtherWriter.Lock(world))
        {
            asking = AskAsync(publisher, wish);
            // The length of the lock is the fault itself.
            await Task.WhenAll(Task.Delay(hold), visitor.SeesPagesAsync(2, Patient));
            Assert.Empty(await IdsAsync(world, wish.Title));
        }

        var (answer, took) = await asking;
        using var read = answer;
        Assert.True(took < LongestAnswer, $"The answer ({(int)answer.StatusCode}) came after {took.TotalSeconds:0} s.");
        Assert.True(answer.StatusCode == HttpStatusCode.Created || (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null), $"{(int)answer.StatusCode}");
        return (answer.StatusCode, took);
    }

    private static async Task<(HttpResponseMessage Answer, TimeSpan Took)> AskAsync(HttpClient publisher, Wish wish)
    {
        var watch = Stopwatch.StartNew();
        return (await World.SendAsync(publisher, wish), watch.Elapsed);
    }

    private static Task<List<long>> IdsAsync(World world, string title) => world.WithAsync(db =>
        db.CommunicationContents.Where(content => content.Title == title).Select(content => content.CommunicationId).Distinct().ToListAsync());
}
