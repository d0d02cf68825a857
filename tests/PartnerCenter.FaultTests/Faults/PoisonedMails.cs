using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Mail;
using PartnerCenter.FaultTests.Relay;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F14: some mails cannot be written, and one takes down every process that touches it.</summary>
public sealed class PoisonedMails
{
    [Fact]
    public async Task They_are_set_aside_and_all_others_are_sent()
    {
        var figures = new Figures("F14");
        var mails = Rounds.Of(400);
        var deadly = mails / 2;
        await using var world = await World.CreateAsync(
            mails, address: number => string.Create(CultureInfo.InvariantCulture, $"{(number == deadly ? "crash" : "person")}{number}@fault.example"));
        using var sink = await SinkProcess.StartAsync(world);
        var unwritable = await PublishAsync(world, sink, mails);
        var (portal, crashes) = (await StartAsync(world, sink), 0);
        try
        {
            while (!await IsOverAsync(world))
            {
                await Patience.UntilAsync("a crash or the end", TimeSpan.FromMinutes(3), async () => portal.Process.HasEnded || await IsOverAsync(world));
                if (!portal.Process.HasEnded)
                    continue;
                crashes++;
                portal.Dispose();
                portal = await StartAsync(world, sink);
            }

            var rows = await world.WithAsync(db => db.OutboxMails.AsNoTracking().ToListAsync());
            Assert.All(rows.Where(row => row.CommunicationId == unwritable), row => Assert.Equal(MailState.Failed, row.State));
            var written = rows.Where(row => row.CommunicationId != unwritable).ToList();
            var aside = Assert.Single(written, row => row.State != MailState.Sent);
            Assert.Equal((MailState.Quarantined, world.Members[deadly].Id), (aside.State, aside.MembershipId));
            Assert.InRange(crashes, 1, OutboxMail.MostClaims);
            var (doubles, inDoubt) = (sink.Copies().Count - (mails - 1), rows.Sum(row => row.InDoubt));
            Assert.InRange(doubles, 0, inDoubt);
            await new Checker(world, sink).IntegrityAsync();
            figures.Write($"{mails} unwritable, 1 deadly ({crashes} crashes): {new Findings(rows.Count, doubles, inDoubt)}");
        }
        finally
        {
            portal.Dispose();
        }
    }

    // While the relay is away, everything waits; meanwhile one of two communications loses its text.
    private static async Task<long> PublishAsync(World world, SinkProcess sink, int mails)
    {
        await sink.PlayAsync(new Act(Phase.Greeting) { Say = "421 4.3.2 Not now", Then = Then.Cut });
        using var portal = await PortalProcess.StartAsync(world, sink);
        await world.PublishAsync(portal, World.Mandatory, "f14");
        var unwritable = await world.PublishAsync(portal, World.Promotional, "f14 unwritable", "Unwritable");
        await Patience.UntilAsync("all rows", TimeSpan.FromMinutes(2), () => world.WithAsync(async db => await db.OutboxMails.CountAsync() == 2 * mails));
        portal.Kill();
        await world.WithAsync(async db =>
        {
            db.RemoveRange(await db.CommunicationContents.Where(content => content.CommunicationId == unwritable).ToListAsync());
            await db.SaveChangesAsync();
        });
        await sink.PlayAsync();
        return unwritable;
    }

    private static Task<PortalProcess> StartAsync(World world, SinkProcess sink) =>
        PortalProcess.StartHookedAsync(world, sink, [Hook.Crash]);

    private static Task<bool> IsOverAsync(World world) => world.WithAsync(async db =>
        await db.OutboxMails.AnyAsync()
        && await db.Communications.AllAsync(communication => communication.FannedOutAt != null)
        && !await db.OutboxMails.AnyAsync(mail => mail.State == MailState.Queued || mail.State == MailState.Claimed || mail.State == MailState.Sending));
}
