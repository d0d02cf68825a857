using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class MailForecastTests : IAsyncLifetime
{
    private const int LargeAudience = 1_203;

    private static readonly PublishingGrant Grant = new("Test");

    private static readonly Role[] SomeRoles = [GlobalAdmin, BillingAdmin, SalesAgent, ReferralsAdmin, Developer];
    private static readonly string[] SomeWorkspaces = [WorkspaceCatalogue.Billing, WorkspaceCatalogue.Referrals, WorkspaceCatalogue.HelpSupport];

    private MailWorld _world = null!;

    public async Task InitializeAsync() => _world = await MailWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task It_says_of_everybody_in_any_world_just_what_the_fan_out_then_writes()
    {
        var all = new List<ForecastMail>();
        var refused = 0;
        for (var seed = 1; seed <= 5; seed++)
        {
            await using var world = await MailWorld.CreateAsync();
            var random = new Random(seed);
            await PopulateAsync(world, random);
            for (var n = 0; n < 30; n++)
            {
                var draft = await DraftAsync(world, random);

                var forecast = await ForecastAsync(world, draft);
                var outcome = await world.First.WithAsync<Publisher, PublishOutcome>(publisher => publisher.PublishAsync(draft, Grant, idempotency: null));

                if (outcome is PublishOutcome.Refused refusal)
                {
                    refused++;
                    Assert.Equal(refusal.Problems.Select(problem => (problem.Field, problem.Reason.Key)), (await PlanAsync(world, draft)).Problems.Select(problem => (problem.Field, problem.Reason.Key)));
                    Assert.Null(forecast);
                    continue;
                }

                await world.First.FanOutAsync();
                var id = Assert.IsType<PublishOutcome.Published>(outcome).Id;
                var written = await world.First.ReadAsync(db => db.OutboxMails.Where(mail => mail.CommunicationId == id).OrderBy(mail => mail.MembershipId).ToListAsync());
                Assert.Equal(
                    written.Select(mail => (mail.MembershipId, mail.State, mail.Address, mail.AddressSource, mail.SuppressedBecause, mail.Language)),
                    forecast!.Select(mail => (
                        mail.MembershipId,
                        mail.IsSent ? MailState.Queued : MailState.Suppressed,
                        mail.Address,
                        mail.AddressSource,
                        mail.SuppressedBecause,
                        mail.Language)));
                all.AddRange(forecast!);
            }
        }

        // What was compared had something to tell apart.
        Assert.InRange(refused, 1, 100);
        Assert.Superset(
            new HashSet<SuppressionReason?>
            {
                null, SuppressionReason.PersonInactive, SuppressionReason.OrganizationInactive, SuppressionReason.NotEntitled,
                SuppressionReason.OptedOut, SuppressionReason.ContactBounced, SuppressionReason.NoAddress,
            },
            all.Select(mail => mail.SuppressedBecause).ToHashSet());
        Assert.Superset(new HashSet<AddressSource?> { AddressSource.Contact, AddressSource.SignIn }, all.Select(mail => mail.AddressSource).ToHashSet());
        Assert.Superset(new HashSet<string> { "en en", "nl nl", "nl en" }, all.Where(mail => mail.IsSent).Select(mail => $"{mail.Language} {mail.TextLanguage}").ToHashSet());
    }

    [Fact]
    public async Task What_was_looked_ahead_at_does_not_get_saved_with_what_is_saved_next()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);

        await using (var scope = _world.First.Scopes.CreateAsyncScope())
        {
            var plan = await scope.ServiceProvider.GetRequiredService<Publisher>().PlanAsync(MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin), Grant);
            await foreach (var mail in scope.ServiceProvider.GetRequiredService<MailForecast>().ForAsync(plan.Communication!))
                Assert.True(mail.IsSent);
            await scope.ServiceProvider.GetRequiredService<PartnerCenterDb>().SaveChangesAsync();
        }

        Assert.Equal(0, await _world.First.ReadAsync(db => db.Communications.CountAsync()));
        Assert.Equal(0, await _world.First.ReadAsync(db => db.OutboxMails.CountAsync()));
    }

    [Fact]
    public async Task A_large_audience_is_gone_through_in_batches_and_everybody_once()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMembersAsync(alpine, LargeAudience, BillingAdmin);

        var forecast = await ForecastAsync(_world, MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin));

        Assert.Equal(LargeAudience, forecast!.DistinctBy(mail => mail.MembershipId).Count());
        Assert.Equal(LargeAudience, forecast!.Count);
    }

    [Fact]
    public async Task Somebody_who_has_not_joined_is_not_named_but_by_an_address_that_tells_little()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.First.WriteAsync(db =>
        {
            db.Attach(alpine);
            var invited = Membership.Invite(alpine, new Person("Ines Vogel", "ines@elsewhere.example"), "Anna", _world.Time.Now);
            invited.Grant(BillingAdmin, "Anna", _world.Time.Now);
            db.Add(invited);
        });

        var mail = Assert.Single(await ForecastAsync(_world, MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin)) ?? []);

        Assert.Equal(("i…@elsewhere.example", SuppressionReason.PersonInactive, null), (mail.Name, mail.SuppressedBecause, mail.Address));
    }

    [Fact]
    public void Counts_say_how_many_get_it_in_which_language_where_and_why_others_do_not()
    {
        var counts = new ForecastCounts();

        counts.Add(Mail(1, "en", "en", AddressSource.Contact));
        counts.Add(Mail(2, "nl", "en", AddressSource.SignIn));
        counts.Add(Mail(3, "nl", "nl", AddressSource.SignIn));
        counts.Add(Mail(4, "nl", "en", null, SuppressionReason.OptedOut));

        Assert.Equal((4, 3, 1), (counts.Members, counts.Mails, counts.Untranslated));
        Assert.Equal([("en", 1), ("nl", 2)], counts.Languages.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([(AddressSource.Contact, 1), (AddressSource.SignIn, 2)], counts.Sources.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([(SuppressionReason.OptedOut, 1)], counts.Suppressed.Select(pair => (pair.Key, pair.Value)));
    }

    private static ForecastMail Mail(int id, string language, string textLanguage, AddressSource? source, SuppressionReason? because = null) =>
        new(id, "Anna", "alpine-cloud", "Alpine Cloud", language, textLanguage, source is null ? null : "anna@example.com", source, because);

    private static Task<PublishPlan> PlanAsync(MailWorld world, CommunicationDraft draft) =>
        world.First.WithAsync<Publisher, PublishPlan>(publisher => publisher.PlanAsync(draft, Grant));

    // Null for a draft that is refused.
    private static async Task<List<ForecastMail>?> ForecastAsync(MailWorld world, CommunicationDraft draft)
    {
        var plan = await PlanAsync(world, draft);
        return plan.Communication is not { } planned ? null : await world.First.WithAsync<MailForecast, List<ForecastMail>>(async forecast =>
        {
            List<ForecastMail> mails = [];
            await foreach (var mail in forecast.ForAsync(planned))
                mails.Add(mail);
            return mails;
        });
    }

    private static async Task PopulateAsync(MailWorld world, Random random)
    {
        var start = world.Time.Now;
        await world.First.WriteAsync(db =>
        {
            var organizations = Enumerable.Range(1, 4).Select(n => new Organization($"partner-{n}", $"Partner {n}", start)).ToList();
            foreach (var organization in organizations)
            {
                foreach (var program in ProgramCatalogue.All.Where(_ => random.Next(3) > 0))
                    organization.Enroll(program, start);
            }

            organizations[^1].Suspend();
            for (var n = 1; n <= 40; n++)
            {
                // One has an address that was never given.
                var person = new Person($"Person {n}", n == 1 ? "" : $"person{n}@example.com", OneOf(random, [.. Languages.All]));
                if (random.Next(10) == 0)
                    person.Disable();
                foreach (var organization in organizations.Where(_ => random.Next(2) == 0))
                    db.Add(MemberOf(random, organization, person, start));
            }
        });
        world.Time.Advance(TimeSpan.FromDays(2));
        await world.First.WriteAsync(async db =>
        {
            foreach (var membership in await db.Memberships.ToListAsync())
            {
                foreach (var kind in CommunicationPolicy.Notifications.Where(_ => random.Next(5) == 0))
                    db.Add(new OptOut(membership.Id, kind, random.Next(2) == 0 ? null : OneOf(random, SomeWorkspaces), world.Time.Now));
            }
        });
    }

    private static Membership MemberOf(Random random, Organization organization, Person person, DateTime start)
    {
        var membership = random.Next(12) == 0 ? Membership.Invite(organization, person, "Test", start) : new Membership(organization, person, start);
        foreach (var role in SomeRoles.Where(_ => random.Next(3) == 0))
            membership.Grant(role, "Test", start, endsAt: random.Next(4) == 0 ? start.AddDays(1) : null);
        if (random.Next(4) == 0)
            membership.WriteIn(OneOf(random, [.. Languages.All]));
        switch (random.Next(12))
        {
            case 0 when membership.HasJoined:
                membership.Disable(start);
                break;
            case 1 when membership.HasJoined:
                membership.Remove(start);
                break;
            case 2:
                membership.BecomeGuest(start.AddDays(random.Next(1, 4)));
                break;
        }

        var contact = $"contact{random.Next(1_000)}@example.net";
        switch (random.Next(5))
        {
            case 0:
                membership.UseVerifiedContact(contact);
                break;
            case 1:
                membership.UseVerifiedContact(contact);
                membership.ContactBounced(contact);
                break;
            case 2:
                membership.AwaitContact(contact, start.AddDays(1));
                break;
        }

        return membership;
    }

    private static async Task<CommunicationDraft> DraftAsync(MailWorld world, Random random)
    {
        var kind = OneOf(random, [.. CommunicationPolicy.Published]);
        var members = await world.First.ReadAsync(db => db.Memberships.Select(membership => membership.Id).ToListAsync());
        var isPersonal = random.Next(5) == 0;
        var text = new DraftText("A title", "A text.");
        return new CommunicationDraft
        {
            Workspace = OneOf(random, SomeWorkspaces),
            Kind = CommunicationPolicy.KeyOf(kind),
            Roles = isPersonal ? [] : [.. random.GetItems([.. SomeRoles.Select(role => role.Key), DefaultUser.Key], random.Next(1, 4))],
            Organizations = isPersonal || random.Next(2) == 0 ? null : [.. random.GetItems(["partner-1", "partner-2", "partner-3", "partner-4"], random.Next(1, 4))],
            Membership = isPersonal ? OneOf(random, [.. members]) : null,

            // Now and then one that its kind does not allow.
            DueInDays = CommunicationPolicy.NeedsDueDate(kind) || random.Next(8) == 0 ? random.Next(1, 40) : null,
            ExpiresInDays = CommunicationPolicy.MayExpire(kind) && random.Next(2) == 0 ? random.Next(1, 40) : null,
            RequiredByAgreement = CommunicationPolicy.CanBeRequiredByAgreement(kind) && random.Next(3) == 0,
            Content = random.Next(2) == 0
                ? new Dictionary<string, DraftText> { ["en"] = text }
                : new Dictionary<string, DraftText> { ["en"] = text, ["nl"] = text },
        };
    }

    private static T OneOf<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
