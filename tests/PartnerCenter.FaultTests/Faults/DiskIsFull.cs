using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Mail;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F9: the database cannot grow any more while the portal publishes, sends and is worked with, until somebody makes room.</summary>
[Trait("Length", "Long")]
public sealed class DiskIsFull
{
    // A row that is small finds room in a page that is there; of these, no more than three do.
    private const int LongestNote = 1000;
    private const int MostForms = 20;

    // More than a page holds of what reading leaves behind.
    private const int Readers = 80;

    // Of 50 mails that are taken up together, so often that a mail that had to pay for it would be set aside.
    private const int Refusals = 50 * (OutboxMail.MostClaims + 1);

    // What was in doubt waits for a quarter of an hour, give or take a fifth.
    private static readonly TimeSpan PastEveryWait = TimeSpan.FromMinutes(25);

    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_finds_no_room_is_refused_as_a_whole_and_everything_else_goes_on()
    {
        var figures = new Figures("F9");
        var (mails, rounds) = (Rounds.Of(1000), Rounds.Of(5));
        await using var world = await World.CreateAsync(mails);
        using var sink = await SinkProcess.StartAsync(world);
        var (clock, disk) = (new WallClock(world), new FullDisk(world));
        using var portal = await PortalProcess.StartHookedAsync(world, sink, [clock.Hook, disk.Hook]);
        await using var visitor = await Visitor.ComeAsync(world, () => portal);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var publisher = world.Publisher(portal);
        var task = await world.PublishAsync(portal, new Wish(World.Mandatory, "f9 task", "A task") { ForOthers = true });
        var forms = await FormsAsync(world, portal, http, task, rounds * MostForms);
        var readers = await ReadersAsync(world, rounds * Readers);
        var communication = await world.PublishAsync(portal, World.Mandatory, "f9");
        var refusedForms = 0;
        for (var round = 0; round < rounds; round++)
        {
            var from = (round + Random.Shared.NextDouble()) * mails * 0.85 / rounds;
            await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
            disk.Fill();
            var wish = new Wish(World.Promotional, $"f9 {round}", $"Full disk {round}") { ForOthers = true, Body = new string('x', 30_000) };
            using (var refused = await World.SendAsync(publisher, wish))
                SaysWhenToComeBack(refused);
            Assert.False(await IsThereAsync(world, wish.Title), "A communication that was refused is there.");
            refusedForms += await CompleteAsync(world, portal, http, forms.Skip(round * MostForms).Take(MostForms), task);
            await ReadAsync(portal, http, readers.Skip(round * Readers).Take(Readers), communication);
            await Patience.UntilAsync("the dispatcher noticed", Patient, () => world.CountInLog("met a fault") >= (round + 1) * Refusals);
            await visitor.SeesPagesAsync(3, Patient);

            disk.MakeRoom();
            await world.PublishAsync(portal, wish);
        }

        clock.Set(PastEveryWait);
        var checker = new Checker(world, sink);
        await checker.SettledAsync(TimeSpan.FromMinutes(5));
        var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: rounds * PortalProcess.MostInDoubt);
        await checker.NoMailHasSufferedAsync(communication);
        await checker.ActionCenterAsync(portal, "A fault");
        await visitor.LeaveAsync();
        Assert.Equal(0, visitor.ComeBackLater);
        figures.Write($"{rounds} times full: {rounds} publishes and {refusedForms} forms refused with 503, {rounds * Readers} pages read for the first time: {findings}");
    }

    private static async Task<IReadOnlyList<FormOnPage>> FormsAsync(World world, PortalProcess portal, HttpClient http, long task, int count)
    {
        var forms = new List<FormOnPage>();
        foreach (var member in world.Others.Take(count))
            forms.Add(await Visitor.FindFormAsync(http, portal, await Visitor.SignInAsync(world, member), $"/o/fault/action-center/{task}", "complete"));
        return forms;
    }

    private static async Task<IReadOnlyList<string>> ReadersAsync(World world, int count)
    {
        var sessions = new List<string>();
        foreach (var member in world.Audience.Take(count))
            sessions.Add(await Visitor.SignInAsync(world, member));
        return sessions;
    }

    // Whoever was told that it is done finds it done, and nobody else does.
    private static async Task<int> CompleteAsync(World world, PortalProcess portal, HttpClient http, IEnumerable<FormOnPage> forms, long task)
    {
        var (before, done, refused) = (await CompletedAsync(world, task), 0, 0);
        foreach (var form in forms)
        {
            using var answer = await Visitor.SendFormAsync(http, portal, form, ("Note", new string('n', LongestNote)));
            if (answer.StatusCode == HttpStatusCode.Redirect)
            {
                done++;
                continue;
            }

            SaysWhenToComeBack(answer);
            refused++;
        }

        Assert.Equal((before.Completions + done, before.Steps + done), await CompletedAsync(world, task));
        Assert.True(refused > 0, "Every form found room.");
        return refused;
    }

    private static Task<(int Completions, int Steps)> CompletedAsync(World world, long task) => world.WithAsync(async db =>
        (await db.Completions.CountAsync(one => one.CommunicationId == task), await db.CommunicationSteps.CountAsync(one => one.CommunicationId == task)));

    // Opening a page for the first time wants to leave something behind, too; that nobody can is no reason not to show it.
    private static async Task ReadAsync(PortalProcess portal, HttpClient http, IEnumerable<string> readers, long communication)
    {
        foreach (var reader in readers)
        {
            using var page = await Visitor.OpenAsync(http, portal, reader, $"/o/fault/action-center/{communication}");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    private static Task<bool> IsThereAsync(World world, string title) => world.WithAsync(db => db.CommunicationContents.AnyAsync(content => content.Title == title));

    private static void SaysWhenToComeBack(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
