using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Mail;
using PartnerCenter.FaultTests.Relay;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F7: the relay fails after it has the whole mail, when nobody can tell any more, or just before nobody needs to.</summary>
public sealed class RelayFailsAroundTheDot
{
    private const int TimeoutSeconds = 2;

    // A first attempt that left a doubt is followed by the next after a quarter of an hour, give or take a fifth.
    private static readonly TimeSpan BeforeThePause = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan AfterThePause = TimeSpan.FromMinutes(19);

    private static readonly string[] InDoubt = ["cut", "hang", "late"];
    private static readonly string[] SurelySent = ["noquit", "closing"];

    private static readonly Act[] Script =
    [
        new(Phase.Dot) { To = "cut", Say = "", Then = Then.Cut, Times = 1 },
        new(Phase.Dot) { To = "hang", Say = "", Then = Then.Hang, Times = 1 },
        new(Phase.Dot) { To = "late", DelayMilliseconds = (TimeoutSeconds * 1000) + 1500, Times = 1 },
        new(Phase.Dot) { To = "noquit", Then = Then.Cut },
        new(Phase.Dot) { To = "closing", Say = "250 2.0.0 Taken\n421 4.3.2 Closing down", Then = Then.Cut },
    ];

    [Fact]
    public async Task Only_what_is_in_doubt_is_sent_again_and_not_before_the_relay_has_settled()
    {
        var each = Rounds.Of(20);
        var figures = new Figures("F7");
        string[] faults = [.. InDoubt, .. SurelySent];
        await using var world = await World.CreateAsync(
            each * faults.Length, address: number => string.Create(CultureInfo.InvariantCulture, $"{faults[number % faults.Length]}-{number}@fault.example"));
        using var sink = await SinkProcess.StartAsync(world);
        await sink.PlayAsync(Script);
        var clock = new WallClock(world);
        using var portal = await PortalProcess.StartHookedAsync(
            world, sink, [clock.Hook], $"--Mail:Smtp:TimeoutSeconds={TimeoutSeconds}");

        var communication = await world.PublishAsync(portal, World.Mandatory, "f7");
        await Patience.UntilAsync("an answer for each", TimeSpan.FromMinutes(2), () => CountAsync(world, mail => mail.Attempts == 1, each * faults.Length));
        await Patience.UntilAsync("what is surely sent", TimeSpan.FromMinutes(2), () => CountAsync(world, mail => mail.State == MailState.Sent, each * SurelySent.Length));
        await Patience.UntilAsync("the others waiting", TimeSpan.FromMinutes(2), () => CountAsync(world, mail => mail.State == MailState.Queued && mail.InDoubt == 1, each * InDoubt.Length));

        clock.Set(BeforeThePause);
        // A mail of today goes through meanwhile: the dispatcher has looked, and left the others alone.
        await world.PublishAsync(portal, World.Promotional, "f7 meanwhile", "Meanwhile");
        await Patience.UntilAsync("the mails of today", TimeSpan.FromMinutes(2), () => world.WithAsync(async db =>
            await db.OutboxMails.CountAsync(mail => mail.CommunicationId != communication && mail.Attempts > 0) == each * faults.Length));
        Assert.True(await CountAsync(world, mail => mail.CommunicationId == communication && mail.Attempts == 1, each * faults.Length), "A pause was not kept.");

        clock.Set(AfterThePause);
        var checker = new Checker(world, sink);
        await Patience.UntilAsync("the second attempts", TimeSpan.FromMinutes(2), () => world.WithAsync(async db =>
            await db.OutboxMails.CountAsync(mail => mail.CommunicationId == communication && mail.State == MailState.Sent) == each * faults.Length));
        var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: each * InDoubt.Length);
        Assert.Equal(each * InDoubt.Length, findings.InDoubt);
        Assert.Equal(each * InDoubt.Length, findings.Doubles);
        figures.Write($"{faults.Length} faults x {each}: {findings}");
    }

    private static Task<bool> CountAsync(World world, System.Linq.Expressions.Expression<Func<OutboxMail, bool>> which, int expected) =>
        world.WithAsync(async db => await db.OutboxMails.CountAsync(which) == expected);
}
