using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>A portal that dies in the middle of its mails, and one that is asked to stop.</summary>
[Trait("Category", "Process")]
public sealed class KilledDispatchTests : IDisposable
{
    private const int Members = 400;
    private const int SentBeforeTheEnd = 25;

    private readonly PortalHost _host = new();

    public KilledDispatchTests()
    {
        _host.Settings["Mail__SilenceSeconds"] = "2";
        _host.Settings["Mail__PollMilliseconds"] = "20";
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_portal_that_is_killed_loses_no_mail_and_doubles_only_those_in_doubt()
    {
        await QueueMailsAsync();
        await using (var killed = await _host.StartAsync())
        {
            await WrittenAsync(SentBeforeTheEnd);
            await killed.KillAsync();
        }

        var sentBefore = await CountAsync(MailState.Sent);
        await using var next = await _host.StartAsync();
        using var database = new FolderWatch(_host.Folder, "*.db-wal");
        await database.UntilAsync(async () => await CountAsync(MailState.Sent) == Members);
        await next.StopAsync();

        var written = WrittenMail.AllIn(_host.MailFolder);
        var inDoubt = await _host.InDatabaseAsync(db => db.OutboxMails.SumAsync(mail => mail.InDoubt));
        Assert.InRange(sentBefore, 1, Members - 1);
        Assert.Equal(Members, written.Select(mail => mail.MessageId).Distinct().Count());
        Assert.InRange(written.Count - Members, 0, inDoubt);
        Assert.All(written, mail => Assert.Single(mail.Recipients));
    }

    [UnixFact]
    public async Task A_portal_that_is_asked_to_stop_finishes_what_is_on_its_way_and_holds_nothing()
    {
        await QueueMailsAsync();
        await using var portal = await _host.StartAsync();
        await portal.RunsAsync();
        await WrittenAsync(SentBeforeTheEnd);

        var ended = await portal.StopAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(0, await CountAsync(MailState.Claimed) + await CountAsync(MailState.Sending));
        Assert.Equal(await CountAsync(MailState.Sent), WrittenMail.AllIn(_host.MailFolder).Count);
    }

    private async Task WrittenAsync(int mails)
    {
        using var folder = new FolderWatch(_host.MailFolder, "*.eml");
        await folder.UntilAsync(() => Directory.GetFiles(_host.MailFolder, "*.eml").Length >= mails);
    }

    private Task<int> CountAsync(MailState state) => _host.InDatabaseAsync(db => db.OutboxMails.CountAsync(mail => mail.State == state));

    private async Task QueueMailsAsync()
    {
        await _host.MigrateAsync();
        await _host.InDatabaseAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var organization = new Organization("alpine-cloud", "Alpine Cloud", now);
            organization.Enroll(ProgramCatalogue.Reseller, now);
            for (var number = 0; number < Members; number++)
            {
                var membership = new Membership(organization, new Person($"Person {number}", $"person{number}@alpine.example"), now);
                membership.Grant(RoleCatalogue.BillingAdmin, "Test", now);
                db.Add(membership);
            }

            await db.SaveChangesAsync();
            var names = new DraftNames(new Dictionary<string, int>(), MembershipOrganization: null);
            db.Add(Publishing.Create(Drafts.MandatoryAction(), names, new PublishingGrant("Test"), now));
            return await db.SaveChangesAsync();
        });
    }
}
