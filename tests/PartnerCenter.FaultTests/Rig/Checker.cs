using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;
using PartnerCenter.FaultTests.Relay;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>Holds what the portal believes against what the relay received and what the test knows of the members.</summary>
internal sealed class Checker(World world, SinkProcess sink)
{
    private static readonly MailState[] Terminal = [MailState.Sent, MailState.Failed, MailState.Bounced, MailState.Quarantined, MailState.Suppressed];

    // Enough to see why.
    private const int MostShown = 10;

    private static readonly string[] OfOptionalMail = ["List-Unsubscribe", "List-Unsubscribe-Post"];

    /// <summary>Waits until no mail waits any more and everything is fanned out.</summary>
    public async Task SettledAsync(TimeSpan atMost)
    {
        try
        {
            await Patience.UntilAsync("every mail at its end", atMost, () => world.WithAsync(async db =>
                await db.Communications.AllAsync(communication => communication.FannedOutAt != null)
                && await db.OutboxMails.AnyAsync()
                && !await db.OutboxMails.AnyAsync(mail => !Terminal.Contains(mail.State))));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} What is left: {string.Join("; ", await LeftAsync())}", late);
        }
    }

    /// <summary>
    /// Waits until each mail is at its end or waits for another attempt, and sets the clock ahead of all that wait. What is put back only
    /// after the clock was set would wait anew.
    /// </summary>
    /// <param name="clock">The clock of the portals, which goes right so far.</param>
    /// <param name="past">Longer than a mail waits.</param>
    /// <param name="atMost">How long it may take until nothing is under way.</param>
    public async Task SkipWaitsAsync(WallClock clock, TimeSpan past, TimeSpan atMost)
    {
        await Patience.UntilAsync("no mail under way", atMost, () => world.WithAsync(async db =>
        {
            var now = DateTime.UtcNow;
            return !await db.OutboxMails.AnyAsync(mail => !Terminal.Contains(mail.State) && (mail.State != MailState.Queued || mail.NextAttemptAt <= now));
        }));
        clock.Set(past);
    }

    /// <summary>Checks I1 to I5 for one communication.</summary>
    /// <param name="communication">Its id.</param>
    /// <param name="isPromotional">Whether nobody has to get it.</param>
    /// <param name="mostInDoubt">How many mails the faults can have left in doubt.</param>
    /// <returns>What it came to.</returns>
    public async Task<Findings> CheckAsync(long communication, bool isPromotional, int mostInDoubt)
    {
        var rows = await world.WithAsync(db => db.OutboxMails.AsNoTracking().Where(mail => mail.CommunicationId == communication).ToListAsync());
        var copies = sink.Copies()
            .ToLookup(copy => copy.MessageId!.Split('@')[0].Replace("ob.", "", StringComparison.Ordinal), StringComparer.Ordinal);
        var findings = new Findings(rows.Count, rows.Sum(row => Math.Max(0, copies[row.MessageKey].Count() - 1)), rows.Sum(row => row.InDoubt));

        Assert.Empty(NothingIsLost(rows, copies));
        Assert.Empty(DoublesAreAccountedFor(rows, copies));
        Assert.True(findings.Doubles <= findings.InDoubt, $"I2: {findings}");
        Assert.True(findings.InDoubt <= mostInDoubt, $"I2: {findings}, and at most {mostInDoubt} can be in doubt");
        Assert.Empty(RulesAreKept(rows, copies, isPromotional));
        Assert.Empty(EverybodyOnce(rows));
        await IntegrityAsync();
        return findings;
    }

    /// <summary>
    /// More than I1, for faults that are the machine's and no mail's: each mail that no rule stopped was sent, and none has paid with an
    /// attempt.
    /// </summary>
    public async Task NoMailHasSufferedAsync(long communication)
    {
        var rows = await world.WithAsync(db => db.OutboxMails.AsNoTracking().Where(mail => mail.CommunicationId == communication).ToListAsync());
        Assert.Empty(
            from row in rows
            where row.State != MailState.Suppressed && (row.State != MailState.Sent || row.Attempts != 1 + row.InDoubt)
            select $"Mail {row.Id} is {row.State} after {row.Attempts} attempts, {row.Claims} claims and {row.InDoubt} doubts: {row.LastAnswer}");
    }

    /// <summary>I5.</summary>
    public Task IntegrityAsync() => world.WithAsync(async db =>
    {
        Assert.Equal("ok", await ScalarAsync(db, "PRAGMA integrity_check"));
        Assert.Null(await ScalarAsync(db, "PRAGMA foreign_key_check"));
    });

    /// <summary>I6: whoever is addressed finds it in their Action Center, and nobody else does. Some are asked, through the portal.</summary>
    public async Task ActionCenterAsync(PortalProcess portal, string title)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        var welcome = world.Members.Where(member => !member.IsDisabled && member.Change is null).ToList();
        var some = welcome.Where(member => member.IsAddressed).Take(10).Concat(welcome.Where(member => !member.IsAddressed).Take(3));
        foreach (var member in some)
        {
            using var page = await Visitor.OpenAsync(http, portal, await Visitor.SignInAsync(world, member), "/o/fault/action-center");
            var text = await page.Content.ReadAsStringAsync();
            Assert.True(page.IsSuccessStatusCode, $"I6: {(int)page.StatusCode}");
            Assert.True(text.Contains(title, StringComparison.Ordinal) == member.IsAddressed, $"I6: {member} sees it: {!member.IsAddressed}");
        }
    }

    // I1.
    private static IEnumerable<string> NothingIsLost(List<OutboxMail> rows, ILookup<string, SinkRecord> copies) =>
        from row in rows
        where !Terminal.Contains(row.State) || (row.State == MailState.Sent && !copies.Contains(row.MessageKey))
        select $"I1: mail {row.Id} is {row.State} and was received {copies[row.MessageKey].Count()} times";

    // I2, row by row.
    private static IEnumerable<string> DoublesAreAccountedFor(List<OutboxMail> rows, ILookup<string, SinkRecord> copies) =>
        from row in rows
        where copies[row.MessageKey].Count() > 1 + row.InDoubt
        select $"I2: mail {row.Id} was received {copies[row.MessageKey].Count()} times and was in doubt {row.InDoubt} times";

    // I3.
    private IEnumerable<string> RulesAreKept(List<OutboxMail> rows, ILookup<string, SinkRecord> copies, bool isPromotional)
    {
        var members = world.Members.ToDictionary(member => member.Id);
        foreach (var row in rows)
        {
            var member = members[row.MembershipId];
            if (RuleOracle.HasToGo(member, isPromotional) is { } hasTo && hasTo == (row.State == MailState.Suppressed))
                yield return $"I3: mail {row.Id} to {member} is {row.State} ({row.SuppressedBecause})";
            foreach (var copy in copies[row.MessageKey])
            {
                if (RuleOracle.Objection(member, copy.To!, isPromotional, copy.DataAt) is { } objection)
                    yield return string.Create(CultureInfo.InvariantCulture, $"I3: mail {row.Id} went out at {copy.DataAt:O}, but {member} {objection}");
                if (copy.Headers!.Intersect(OfOptionalMail).Count() != (isPromotional ? OfOptionalMail.Length : 0))
                    yield return $"I3: mail {row.Id} travels with {string.Join(", ", copy.Headers!)}";
            }

            // The link by which optional mail is turned off is sealed anew each time.
            if (!isPromotional && copies[row.MessageKey].Select(copy => copy.Body).Distinct().Count() > 1)
                yield return $"I2: the copies of mail {row.Id} differ";
        }
    }

    // I4.
    private IEnumerable<string> EverybodyOnce(List<OutboxMail> rows)
    {
        var told = rows.Select(row => row.MembershipId).ToList();
        var audience = world.Audience.Select(member => member.Id).ToHashSet();
        // Whoever lost the role may have lost it before their turn came.
        var mustBeThere = world.Audience.Where(member => member.Change?.What != Change.LosesTheRole).Select(member => member.Id);
        return told.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"I4: {group.Key} stands there {group.Count()} times")
            .Concat(told.Except(audience).Select(id => $"I4: {id} is not addressed"))
            .Concat(mustBeThere.Except(told).Select(id => $"I4: {id} was forgotten"));
    }

    private static async Task<object?> ScalarAsync(PartnerCenterDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private Task<List<string>> LeftAsync() => world.WithAsync(async db => (await db.OutboxMails.AsNoTracking()
            .Where(mail => !Terminal.Contains(mail.State))
            .OrderBy(mail => mail.Id)
            .Take(MostShown)
            .ToListAsync())
        .ConvertAll(mail => string.Create(
            CultureInfo.InvariantCulture,
            $"mail {mail.Id} is {mail.State} of {mail.Owner}, next {mail.NextAttemptAt:T}, {mail.Attempts} attempts, {mail.InDoubt} in doubt: {mail.LastAnswer}")));
}

/// <summary>What a fault came to.</summary>
/// <param name="Mails">How many mails there were.</param>
/// <param name="Doubles">How many copies were received too many.</param>
/// <param name="InDoubt">How many times the portal says that it could not tell.</param>
internal sealed record Findings(int Mails, int Doubles, int InDoubt)
{
    public override string ToString() => $"{Mails} mails, {Doubles} doubles, {InDoubt} in doubt";
}
