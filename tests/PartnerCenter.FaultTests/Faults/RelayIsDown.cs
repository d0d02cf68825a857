using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Mail;
using PartnerCenter.FaultTests.Relay;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>
/// F8: the relay is down for two hours while thousands of mails are due, and comes back. For the first hour nobody listens there, for the
/// second it greets and hangs up.
/// </summary>
[Trait("Length", "Long")]
public sealed class RelayIsDown
{
    private const int TakenTogether = 50;

    // No pause of the dispatcher is longer.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task No_mail_pays_for_it_and_afterwards_what_is_required_goes_first()
    {
        var figures = new Figures("F8");
        // Each member gets two.
        var members = Rounds.Of(5000);
        await using var world = await World.CreateAsync(members);
        using var sink = await SinkProcess.StartAsync(world);
        sink.Close();
        var clock = new WallClock(world);
        using var portal = await PortalProcess.StartHookedAsync(world, sink, [clock.Hook]);
        await using var visitor = await Visitor.ComeAsync(world, () => portal);
        var promotional = await world.PublishAsync(portal, World.Promotional, "f8 promotional", "An offer");
        var mandatory = await world.PublishAsync(portal, World.Mandatory, "f8 mandatory");
        await Patience.UntilAsync("all rows", TimeSpan.FromMinutes(5), () => world.WithAsync(async db => await db.OutboxMails.CountAsync() == 2 * members));
        var checker = new Checker(world, sink);
        await checker.ActionCenterAsync(portal, "A fault");
        await visitor.SeesPagesAsync(3, TimeSpan.FromMinutes(1));
        await visitor.LeaveAsync();

        var pausesOfFirstHour = await WaitAsync(world, clock, from: TimeSpan.Zero);
        await sink.OpenAsync();
        await sink.PlayAsync(new Act(Phase.Greeting) { Say = "421 4.3.2 Not now", Then = Then.Cut });
        var pauses = await WaitAsync(world, clock, from: Hour);
        var knocks = sink.Read().Count(record => record.Event == SinkEvent.Opened);
        // A mail is tried no oftener than the relay is asked, and the relay is asked by no more than send at the same time.
        Assert.InRange(knocks, 1, pauses * PortalProcess.Parallel);
        Assert.Empty(sink.Copies());
        var waiting = MailGroupTable.StatesOf(MailGroup.Waiting);
        Assert.False(await world.WithAsync(db => db.OutboxMails.AnyAsync(mail => !waiting.Contains(mail.State))), "A mail was given up.");

        await sink.PlayAsync();
        var back = DateTime.UtcNow;
        clock.Set((2 * Hour) + (2 * LongestPause));
        await checker.SettledAsync(TimeSpan.FromMinutes(15));
        foreach (var (communication, isPromotional) in new[] { (promotional, true), (mandatory, false) })
        {
            var findings = await checker.CheckAsync(communication, isPromotional, mostInDoubt: 0);
            Assert.Equal((members, 0), (findings.Mails, findings.Doubles));
            await checker.NoMailHasSufferedAsync(communication);
        }

        await RequiredGoesFirstAsync(world, sink, mandatory);
        var most = sink.MostConnectionsSince(back);
        Assert.InRange(most, 1, PortalProcess.Parallel);
        figures.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"2 h down, {2 * members} mails due: {pausesOfFirstHour} + {pauses} pauses, {knocks} knocks in the second hour, at most {most} connections afterwards, 0 doubles, 1 attempt each"));
    }

    // Each step of the clock is longer than any pause, and after each the dispatcher asks once more.
    private static async Task<int> WaitAsync(World world, WallClock clock, TimeSpan from)
    {
        var pauses = 0;
        for (var ahead = from; ahead < from + Hour; ahead += LongestPause + TimeSpan.FromMinutes(1), pauses++)
        {
            clock.Set(ahead);
            var now = DateTime.UtcNow + ahead;
            await Patience.UntilAsync($"another pause after {ahead}", TimeSpan.FromMinutes(2), () =>
                world.WithAsync(db => db.OutboxMails.AnyAsync(mail => mail.LastAnswer != null && mail.NextAttemptAt > now)));
        }

        return pauses;
    }

    private static async Task RequiredGoesFirstAsync(World world, SinkProcess sink, long mandatory)
    {
        var required = (await world.WithAsync(db => db.OutboxMails.Where(mail => mail.CommunicationId == mandatory).Select(mail => mail.MessageKey).ToListAsync()))
            .ToHashSet(StringComparer.Ordinal);
        var order = sink.Copies().Select(copy => required.Contains(copy.MessageId!.Split('@')[0].Replace("ob.", "", StringComparison.Ordinal))).ToList();
        var before = order.Take(order.LastIndexOf(true)).Count(isRequired => !isRequired);
        // Those that are taken up together overtake each other.
        Assert.True(before < TakenTogether, $"{before} promotional mails went before the last one that is required.");
    }
}
