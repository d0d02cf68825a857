using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Preferences;

/// <summary>Several instances change the same member's address at the same instant.</summary>
public sealed class ContactChangesTests : IAsyncLifetime, IDisposable
{
    private const string Address = "noa@work.example";

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _noa = null!;

    private Actor Noa => new("Noa Lind", _noa.Id);

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _noa = await _database.Scenario.MemberAsync(_alpine);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Of_two_who_confirm_at_once_one_wins_and_the_old_address_is_told_once()
    {
        for (var round = 1; round <= 20; round++)
        {
            var secret = await EnterAsync($"noa-{round}@work.example");

            var outcomes = await Task.WhenAll(
                TryAsync(changes => changes.ConfirmByLinkAsync(_alpine.Id, Noa, secret.Token)),
                TryAsync(changes => changes.ConfirmByLinkAsync(_alpine.Id, Noa, secret.Token)));

            Assert.Equal([null, Reasons.VerificationIsUsed], outcomes.OrderBy(reason => reason is not null));
            Assert.Equal(round, await _database.QueryAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.ContactConfirmed)));
            Assert.Equal(round, await _database.QueryAsync(db => db.OutboxMails.CountAsync(mail => mail.ContactVerificationId == null)));
            _database.Time.Advance(TimeSpan.FromHours(3));
        }
    }

    [Fact]
    public async Task Of_a_confirmation_and_a_cancellation_at_once_one_wins()
    {
        for (var round = 1; round <= 20; round++)
        {
            var secret = await EnterAsync($"noa-{round}@work.example");

            var outcomes = await Task.WhenAll(
                TryAsync(changes => changes.ConfirmByLinkAsync(_alpine.Id, Noa, secret.Token)),
                TryAsync(changes => changes.CancelAsync(_alpine.Id, Noa)));

            Assert.Single(outcomes, reason => reason is null);
            var member = await MemberAsync();
            Assert.Null(member.PendingContact);
            Assert.Equal(outcomes[0] is null, member.ContactAddress == $"noa-{round}@work.example");
            _database.Time.Advance(TimeSpan.FromHours(3));
        }
    }

    [Fact]
    public async Task Ten_who_guess_at_once_have_five_guesses_between_them()
    {
        var secret = await EnterAsync(Address);
        var wrong = secret.Code == "000000" ? "000001" : "000000";

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TryAsync(changes => changes.ConfirmByCodeAsync(_alpine.Id, Noa, wrong))));

        Assert.Equal(5, (await _database.QueryAsync(db => db.ContactVerifications.SingleAsync())).WrongCodes);
        Assert.Equal(Reasons.TooManyWrongCodes, await TryAsync(changes => changes.ConfirmByCodeAsync(_alpine.Id, Noa, secret.Code)));
    }

    [Fact]
    public async Task Of_two_who_ask_for_a_new_mail_at_once_one_gets_it()
    {
        await EnterAsync(Address);
        _database.Time.Advance(TimeSpan.FromMinutes(1));

        var outcomes = await Task.WhenAll(
            TryAsync(changes => changes.ResendAsync(_alpine.Id, Noa)),
            TryAsync(changes => changes.ResendAsync(_alpine.Id, Noa)));

        Assert.Equal([null, Reasons.VerificationJustSent], outcomes.OrderBy(reason => reason is not null));
        Assert.Equal(
            [VerificationState.Replaced, VerificationState.Open],
            await _database.QueryAsync(db => db.ContactVerifications.OrderBy(verification => verification.Id).Select(verification => verification.State).ToListAsync()));
    }

    [Fact]
    public async Task Mails_are_counted_for_the_person_in_whatever_organization_they_ask()
    {
        var harbor = await _database.Scenario.OrganizationAsync("harbor-apps");
        var there = await _database.Scenario.MemberAsync(harbor, _noa.Person);
        foreach (var n in Enumerable.Range(1, 3))
            await EnterAsync($"noa-{n}@work.example");

        var refused = await TryAsync(changes => changes.EnterAsync(harbor.Id, new Actor("Noa Lind", there.Id), "noa-4@work.example", ChangedBy.MyPreferences));

        Assert.Equal("Reason.TooManyVerifications", refused?.Key);
    }

    [Theory]
    [InlineData("noa@work.example", "Reason.TooManyVerificationsToAddress")]
    [InlineData("NOA@Work.Example", "Reason.TooManyVerificationsToAddress")]
    [InlineData("ben@work.example", null)]
    [InlineData("noa@home.example", null)]
    [InlineData("n_a@work.example", null)]
    public async Task An_address_gets_three_mails_a_day_from_whomever_they_are(string address, string? because)
    {
        for (var n = 0; n < 3; n++)
        {
            var member = await _database.Scenario.MemberAsync(_alpine);
            Assert.Null(await TryAsync(changes => changes.EnterAsync(_alpine.Id, new Actor("Somebody", member.Id), Address, ChangedBy.MyPreferences)));
            _database.Time.Advance(TimeSpan.FromHours(1));
        }

        var refused = await TryAsync(changes => changes.EnterAsync(_alpine.Id, Noa, address, ChangedBy.MyPreferences));

        Assert.Equal(because, refused?.Key);
    }

    [Fact]
    public async Task An_address_is_the_same_however_its_domain_is_spelled()
    {
        foreach (var address in new[] { "noa@bücher.example", "noa@xn--bcher-kva.example", "NOA@BÜCHER.example" })
        {
            var member = await _database.Scenario.MemberAsync(_alpine);
            Assert.Null(await TryAsync(changes => changes.EnterAsync(_alpine.Id, new Actor("Somebody", member.Id), address, ChangedBy.MyPreferences)));
            _database.Time.Advance(TimeSpan.FromHours(1));
        }

        var refused = await TryAsync(changes => changes.EnterAsync(_alpine.Id, Noa, "noa@bücher.example", ChangedBy.MyPreferences));

        Assert.Equal("Reason.TooManyVerificationsToAddress", refused?.Key);
    }

    [Fact]
    public async Task What_the_database_says_of_a_member_s_address_is_what_the_member_says()
    {
        Action<Membership>[] arrangements =
        [
            _ => { },
            member => member.UseVerifiedContact(Address),
            member =>
            {
                member.UseVerifiedContact(Address);
                member.ContactBounced(Address);
            },
            member => member.Person.RefuseMail(member.Person.SignInAddress, FixedTime.Start),
            member =>
            {
                member.UseVerifiedContact(Address);
                member.Person.RefuseMail(member.Person.SignInAddress, FixedTime.Start);
            },
            member => member.AwaitContact(Address, FixedTime.Start.AddTicks(1)),
            member => member.AwaitContact(Address, FixedTime.Start),
            member =>
            {
                member.UseVerifiedContact("old@work.example");
                member.AwaitContact(Address, FixedTime.Start.AddDays(1));
            },
        ];
        foreach (var arrange in arrangements)
        {
            var member = await _database.Scenario.MemberAsync(_alpine);
            await _database.Scenario.ChangeAsync(member, fresh =>
            {
                arrange(fresh);
                return fresh;
            });
        }

        var all = await _database.QueryAsync(db => db.Memberships.Include(member => member.Person).ToListAsync());

        foreach (var state in Enum.GetValues<ContactState>())
        {
            var found = await _database.QueryAsync(db => PartnerCenter.Data.Organizations.Members
                .WithContact(db.Memberships, state, FixedTime.Start).Select(member => member.Id).ToListAsync());
            Assert.Equal(all.Where(member => member.ContactStateAt(FixedTime.Start) == state).Select(member => member.Id).Order(), found.Order());
        }
    }

    private async Task<ContactSecret> EnterAsync(string address)
    {
        Assert.Null(await TryAsync(changes => changes.EnterAsync(_alpine.Id, Noa, address, ChangedBy.MyPreferences)));
        return ContactSecret.Read((await _database.QueryAsync(db => db.OutboxMails
            .Where(mail => mail.ContactVerificationId != null)
            .OrderBy(mail => mail.Id)
            .Select(mail => mail.Secret)
            .LastAsync()))!);
    }

    private async Task<Reason?> TryAsync(Func<ContactChanges, Task> change)
    {
        try
        {
            return await _database.WithAsync<ContactChanges, Reason?>(async changes =>
            {
                await change(changes);
                return null;
            });
        }
        catch (RuleViolationException violation)
        {
            return violation.Reason;
        }
    }

    private Task<Membership> MemberAsync() => _database.QueryAsync(db => db.Memberships.SingleAsync(member => member.Id == _noa.Id));
}
