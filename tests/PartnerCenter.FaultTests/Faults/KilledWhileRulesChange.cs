using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>
/// F13: while thousands of mails go out, four others change who may be written to (opt-outs, lost roles, disabled people, new addresses),
/// and the portal is killed in between.
/// </summary>
[Trait("Length", "Long")]
public sealed class KilledWhileRulesChange
{
    private const int Kills = 3;

    [Fact]
    public async Task Every_change_holds_for_every_mail_that_leaves_after_it()
    {
        var figures = new Figures("F13");
        var mails = Rounds.Of(10_000);
        await using var world = await World.CreateAsync(mails, mixed: true);
        using var sink = await SinkProcess.StartAsync(world);
        var portal = await PortalProcess.StartAsync(world, sink);
        try
        {
            await using var visitor = await Visitor.ComeAsync(world, () => portal);
            var communication = await world.PublishAsync(portal, World.Promotional, "f13");
            var writers = Enum.GetValues<Change>().Select(change => Task.Run(() => ChangeAsync(world, change))).ToList();
            for (var kill = 0; kill < Kills; kill++)
            {
                var from = (kill + Random.Shared.NextDouble()) * mails * 0.5 / Kills;
                await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
                portal.Dispose();
                portal = await PortalProcess.StartAsync(world, sink);
            }

            await Task.WhenAll(writers);
            var checker = new Checker(world, sink);
            // One whose outcome nobody knows is tried again after 15 minutes, give or take a fifth.
            await checker.SettledAsync(TimeSpan.FromMinutes(20));
            var findings = await checker.CheckAsync(communication, isPromotional: true, mostInDoubt: Kills * PortalProcess.MostInDoubt);
            await checker.ActionCenterAsync(portal, "A fault");
            await visitor.LeaveAsync();
            figures.Write($"{Kills} kills, {world.Members.Count(member => member.Change is not null)} changes of rules: {findings}");
        }
        finally
        {
            portal.Dispose();
        }
    }

    // Each writer has members of its own, from the last to be written to, so that most changes come before the mail does.
    private static async Task ChangeAsync(World world, Change change)
    {
        var mine = world.Audience.Reverse()
            .Where(member => !member.IsDisabled && !member.DeclinesPromotions && member.Contact is null && member.Id % 4 == (int)change)
            .Take(Rounds.Of(500));
        foreach (var member in mine)
        {
            var before = DateTime.UtcNow;
            await world.WithAsync(async db =>
            {
                var membership = await db.Memberships.Include(one => one.Person).Include(one => one.Roles).SingleAsync(one => one.Id == member.Id);
                switch (change)
                {
                    case Change.OptsOutOfPromotions:
                        db.Add(new OptOut(member.Id, CommunicationKind.PromotionalNotification, workspace: null, before));
                        break;
                    case Change.LosesTheRole:
                        membership.Revoke(membership.Roles.Single());
                        break;
                    case Change.IsDisabled:
                        membership.Person.Disable();
                        break;
                    case Change.ConfirmsAnotherAddress:
                        membership.UseVerifiedContact(RuleOracle.ConfirmedAddressOf(member.Id), new(ChangedBy.MyPreferences, before));
                        break;
                    default:
                        throw new ArgumentOutOfRangeException(nameof(change));
                }

                await db.SaveChangesAsync();
            });
            member.Change = new MemberChange(change, before, DateTime.UtcNow);
        }
    }
}
