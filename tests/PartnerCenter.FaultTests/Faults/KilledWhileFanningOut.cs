using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F1: the portal is killed while it turns one communication into thousands of mails, and its publisher asks again.</summary>
public sealed class KilledWhileFanningOut
{
    [Fact]
    public Task Everybody_gets_one_mail_and_a_repeated_wish_is_one_communication() => RunAsync(mails: Rounds.Of(3000), kills: Rounds.Of(3));

    [Fact]
    [Trait("Length", "Long")]
    public Task Everybody_of_ten_thousand_gets_one_mail_however_often_it_is_killed() => RunAsync(mails: Rounds.Of(10_000), kills: Rounds.Of(12));

    private static async Task RunAsync(int mails, int kills)
    {
        var figures = new Figures("F1");
        await using var world = await World.CreateAsync(mails, mixed: true);
        using var sink = await SinkProcess.StartAsync(world);
        var portal = await PortalProcess.StartAsync(world, sink);
        try
        {
            var communication = await world.PublishAsync(portal, World.Promotional, "f1");
            for (var kill = 0; kill < kills; kill++)
            {
                var from = (int)((kill + Random.Shared.NextDouble()) * mails * 0.9 / kills);
                await Patience.UntilAsync($"{from} rows", TimeSpan.FromMinutes(3), async () => await RowsAsync(world) >= from);
                portal.Dispose();
                portal = await PortalProcess.StartAsync(world, sink);
                Assert.Equal(communication, await world.PublishAsync(portal, World.Promotional, "f1"));
            }

            var checker = new Checker(world, sink);
            await checker.SettledAsync(TimeSpan.FromMinutes(6));
            var findings = await checker.CheckAsync(communication, isPromotional: true, mostInDoubt: kills * PortalProcess.MostInDoubt);
            Assert.Equal(mails, findings.Mails);
            await checker.ActionCenterAsync(portal, "A fault");
            figures.Write(string.Create(CultureInfo.InvariantCulture, $"{kills} kills: {findings}"));
        }
        finally
        {
            portal.Dispose();
        }
    }

    private static Task<int> RowsAsync(World world) => world.WithAsync(db => db.OutboxMails.CountAsync());
}
