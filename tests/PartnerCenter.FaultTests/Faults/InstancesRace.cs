using Microsoft.EntityFrameworkCore;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F12: several instances start at the same instant and want the same work, the same first key and the same jobs.</summary>
public sealed class InstancesRace
{
    private const int Instances = 3;

    // An instance that the machine lets wait for seconds is not dead.
    private const string NobodyDies = "--Mail:SilenceSeconds=60";

    [Fact]
    public Task Each_mail_is_sent_once_and_what_one_sealed_the_others_open() => RunAsync(rounds: Rounds.Of(2), mails: Rounds.Of(300));

    [Fact]
    [Trait("Length", "Long")]
    public Task Each_mail_is_sent_once_however_often_they_start() => RunAsync(rounds: Rounds.Of(20), mails: Rounds.Of(500));

    private static async Task RunAsync(int rounds, int mails)
    {
        var figures = new Figures("F12");
        for (var round = 0; round < rounds; round++)
        {
            await using var world = await World.CreateAsync(mails, mixed: true);
            using var sink = await SinkProcess.StartAsync(world);
            var portals = Enumerable.Range(0, Instances).Select(_ => PortalProcess.Launch(world, sink, NobodyDies)).ToList();
            try
            {
                await Task.WhenAll(portals.Select(portal => portal.ListensAsync()));
                var published = await Task.WhenAll(portals.Select(portal => world.PublishAsync(portal, World.Promotional, "f12")));
                var communication = Assert.Single(published.Distinct());
                var checker = new Checker(world, sink);
                await checker.SettledAsync(TimeSpan.FromMinutes(3));

                var findings = await checker.CheckAsync(communication, isPromotional: true, mostInDoubt: 0);
                Assert.Equal(0, findings.Doubles);
                await LinksOpenEverywhereAsync(portals, sink);
                Assert.Empty(await world.WithAsync(db => db.JobLeases.GroupBy(lease => lease.Job).Where(job => job.Count() > 1).Select(job => job.Key).ToListAsync()));
            }
            finally
            {
                portals.ForEach(portal => portal.Dispose());
            }
        }

        figures.Write($"{rounds} x {Instances} starts at once, {mails} mails each: nothing doubled");
    }

    // The links of the mails are sealed by whichever instance sent them.
    private static async Task LinksOpenEverywhereAsync(List<PortalProcess> portals, SinkProcess sink)
    {
        using var http = new HttpClient();
        foreach (var link in sink.Copies().Select(copy => new Uri(copy.Unsubscribe!).PathAndQuery).Take(20))
        {
            foreach (var portal in portals)
            {
                using var page = await http.GetAsync(new Uri(portal.Address, link));
                Assert.True(page.IsSuccessStatusCode, $"{(int)page.StatusCode} for a link of another instance");
            }
        }
    }
}
