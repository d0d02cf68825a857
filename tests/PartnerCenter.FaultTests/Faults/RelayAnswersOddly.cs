using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.FaultTests.Relay;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F6: what a relay can say at each step, wrong as well as right, and what it means for the mail.</summary>
public sealed class RelayAnswersOddly
{
    private const int TimeoutSeconds = 2;

    // Longer than any pause of the dispatcher, and than a first or second wait of a mail.
    private static readonly TimeSpan PastEveryWait = TimeSpan.FromMinutes(25);

    /// <summary>What becomes of a mail at once.</summary>
    private enum Means
    {
        Sent,

        /// <summary>It waits, and that was no attempt: the relay's trouble, not the mail's.</summary>
        RelayIsAway,

        /// <summary>It waits for another attempt.</summary>
        Later,

        /// <summary>It waits longer, and may have gone.</summary>
        Doubt,
        Bounced,
        Failed,
    }

    private static readonly (Act Act, Means Means)[] Cases =
    [
        (new(Phase.Greeting) { Say = "421 4.3.2 Not now", Then = Then.Cut }, Means.RelayIsAway),
        (new(Phase.Greeting) { Say = "554 5.3.2 No service" }, Means.RelayIsAway),
        (new(Phase.Greeting) { Say = "", Then = Then.Hang }, Means.RelayIsAway),
        (new(Phase.Greeting) { Say = "Good day" }, Means.RelayIsAway),
        (new(Phase.Greeting) { Say = "220-One\n220-Two\n220 Three", InPieces = true }, Means.Sent),
        (new(Phase.Ehlo) { Say = "421 4.3.2 Not now", Then = Then.Cut }, Means.RelayIsAway),
        (new(Phase.Ehlo) { Say = "250-sink.example\n251 But not so" }, Means.RelayIsAway),
        (new(Phase.Mail) { Say = "421 4.3.2 Not now", Then = Then.Cut }, Means.RelayIsAway),
        (new(Phase.Mail) { Say = "451 4.3.0 Try again" }, Means.Later),
        (new(Phase.Mail) { Say = "452 4.3.1 Disk full" }, Means.Later),
        (new(Phase.Mail) { Say = "530 5.7.0 Sign in" }, Means.RelayIsAway),
        (new(Phase.Mail) { Say = "550 5.7.1 Not from you" }, Means.Failed),
        (new(Phase.Mail) { Say = "", Then = Then.Cut }, Means.RelayIsAway),
        (new(Phase.Rcpt) { Say = "421 4.3.2 Not now", Then = Then.Cut }, Means.RelayIsAway),
        (new(Phase.Rcpt) { Say = "450 4.2.1 Mailbox busy" }, Means.Later),
        (new(Phase.Rcpt) { Say = "451 4.7.1 Greylisted" }, Means.Later),
        (new(Phase.Rcpt) { Say = "452 4.2.2 Mailbox full" }, Means.Later),
        (new(Phase.Rcpt) { Say = "550 5.1.1 No such user" }, Means.Bounced),
        (new(Phase.Rcpt) { Say = "550-5.1.1 No such user\n550 5.1.1 Look elsewhere", InPieces = true }, Means.Bounced),
        (new(Phase.Rcpt) { Say = "553 5.1.3 What is that" }, Means.Bounced),
        (new(Phase.Rcpt) { Say = "550 5.7.1 Against our policy" }, Means.Failed),
        (new(Phase.Rcpt) { Say = "552 5.2.2 Mailbox full" }, Means.Failed),
        (new(Phase.Rcpt) { Say = "", Then = Then.Hang }, Means.RelayIsAway),
        (new(Phase.Data) { Say = "421 4.3.2 Not now", Then = Then.Cut }, Means.RelayIsAway),
        (new(Phase.Data) { Say = "451 4.3.0 Try again" }, Means.Later),
        (new(Phase.Data) { Say = "554 5.5.1 No" }, Means.Failed),
        (new(Phase.Dot) { Say = "421 4.3.2 Not now", Then = Then.Cut }, Means.Later),
        (new(Phase.Dot) { Say = "451 4.3.0 Try again" }, Means.Later),
        (new(Phase.Dot) { Say = "452 4.3.1 Disk full" }, Means.Later),
        (new(Phase.Dot) { Say = "550 5.7.1 Spam" }, Means.Failed),
        (new(Phase.Dot) { Say = "552 5.3.4 Too big" }, Means.Failed),
        (new(Phase.Dot) { Say = "554 5.6.0 Not well formed" }, Means.Failed),
        (new(Phase.Dot) { Say = "250-2.0.0 Taken\n250 2.0.0 Really", InPieces = true }, Means.Sent),
        (new(Phase.Dot) { Say = "Thank you" }, Means.Doubt),
        (new(Phase.Dot) { Say = $"250 {new string('x', 8192)}" }, Means.Doubt),
        (new(Phase.Dot) { Say = "354 Go on" }, Means.Doubt),
    ];

    private static readonly (string Setting, Act[] Script)[] ThatKeepOut =
    [
        ("--Mail:Smtp:Security=StartTls", []),
        ("--Mail:Smtp:Security=StartTls", [new(Phase.Ehlo) { Say = "250 sink.example" }]),
        ("--Mail:Smtp:Security=StartTls", [new(Phase.StartTls) { Say = "454 4.7.0 TLS not available" }]),
        ("--Mail:Smtp:User=portal", [new(Phase.Auth) { Say = "535 5.7.8 Wrong password" }]),
    ];

    [Fact]
    public async Task Each_answer_means_for_the_mail_what_the_table_says()
    {
        var figures = new Figures("F6");
        await using var world = await World.CreateAsync(audience: 1);
        using var sink = await SinkProcess.StartAsync(world);
        var clock = new WallClock(world);
        using var portal = await StartAsync(world, sink, clock);
        var wrong = new List<string>();
        for (var number = 0; number < Cases.Length; number++)
        {
            var (act, means) = Cases[number];
            await sink.PlayAsync(act);
            var found = await FirstOutcomeAsync(world, await world.PublishAsync(portal, World.Mandatory, $"f6 {number}", $"Answer {number}"));
            if (found != means)
                wrong.Add($"{act} means {found}, not {means}");
            // Nothing of this case is left to meet the next one.
            await sink.PlayAsync();
            if (means == Means.Bounced)
                await ReachAgainAsync(world);
            clock.Set(PastEveryWait * (number + 1));
            await new Checker(world, sink).SettledAsync(TimeSpan.FromMinutes(3));
        }

        Assert.Empty(wrong);
        await CheckAsync(world, sink, Cases.Count(one => one.Means == Means.Doubt));
        figures.Write($"{Cases.Length} answers, each meant what it should");
    }

    [Fact]
    public async Task Where_the_portal_is_not_let_in_or_cannot_trust_no_mail_suffers()
    {
        await using var world = await World.CreateAsync(audience: 1);
        using var sink = await SinkProcess.StartAsync(world);
        for (var number = 0; number < ThatKeepOut.Length; number++)
        {
            var (setting, script) = ThatKeepOut[number];
            await sink.PlayAsync(script);
            var clock = new WallClock(world);
            using var portal = await StartAsync(world, sink, clock, setting);
            Assert.Equal(Means.RelayIsAway, await FirstOutcomeAsync(world, await world.PublishAsync(portal, World.Mandatory, $"f6 {number}")));
        }

        Assert.Empty(sink.Copies());
        await sink.PlayAsync();
        using var good = await StartAsync(world, sink, new WallClock(world));
        await new Checker(world, sink).SettledAsync(TimeSpan.FromMinutes(2));
        await CheckAsync(world, sink, inDoubt: 0);
    }

    private static Task<PortalProcess> StartAsync(World world, SinkProcess sink, WallClock clock, params string[] more) =>
        PortalProcess.StartHookedAsync(world, sink, [clock.Hook], [$"--Mail:Smtp:TimeoutSeconds={TimeoutSeconds}", .. more]);

    // An address that has bounced gets no more mail until its member says that it works. Somebody whose form meets a change says it once more.
    private static async Task ReachAgainAsync(World world)
    {
        for (var isSaid = false; !isSaid;)
        {
            try
            {
                await SayThatItWorksAsync(world);
                isSaid = true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // The portal was writing to the same member.
            }
        }
    }

    private static Task SayThatItWorksAsync(World world) => world.WithAsync(async db =>
    {
        var (member, now) = (await db.Memberships.Include(one => one.Person).SingleAsync(one => one.Person.MailRefusedAt != null), DateTime.UtcNow);
        member.UseSignInAddress(new(ChangedBy.MyPreferences, now));
        await db.SettleBouncesAsync([member.Id], now);
        await db.SaveChangesAsync();
    });

    private static async Task<Means> FirstOutcomeAsync(World world, long communication)
    {
        OutboxMail? mail = null;
        await Patience.UntilAsync("an outcome", TimeSpan.FromMinutes(3), async () =>
        {
            mail = await world.WithAsync(db => db.OutboxMails.AsNoTracking().SingleOrDefaultAsync(mail => mail.CommunicationId == communication));
            return mail is { LastAnswer: not null, State: not (MailState.Claimed or MailState.Sending) };
        });
        return mail! switch
        {
            { State: MailState.Sent } => Means.Sent,
            { State: MailState.Bounced } => Means.Bounced,
            { State: MailState.Failed } => Means.Failed,
            { State: MailState.Queued, InDoubt: 1 } => Means.Doubt,
            { State: MailState.Queued, Attempts: 0 } => Means.RelayIsAway,
            { State: MailState.Queued, Attempts: 1 } => Means.Later,
            _ => throw new InvalidOperationException($"The mail is {mail!.State} after {mail.Attempts} attempts."),
        };
    }

    private static async Task CheckAsync(World world, SinkProcess sink, int inDoubt)
    {
        var rows = await world.WithAsync(db => db.OutboxMails.AsNoTracking().ToListAsync());
        Assert.Equal(inDoubt, rows.Sum(row => row.InDoubt));
        // Each that was sent, once; each in doubt once more.
        Assert.Equal(rows.Count(row => row.State == MailState.Sent) + inDoubt, sink.Copies().Count);
        await new Checker(world, sink).IntegrityAsync();
    }
}
