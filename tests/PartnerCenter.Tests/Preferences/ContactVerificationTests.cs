using PartnerCenter.Domain;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Preferences;

public sealed class ContactVerificationTests
{
    private static readonly DateTime Now = FixedTime.Start;
    private static readonly Membership Member =
        new(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Noa Lind", "noa@example.com"), Now);

    private readonly ContactSecret _secret = ContactSecret.Create();
    private readonly ContactVerification _verification;

    public ContactVerificationTests() => _verification = new ContactVerification(Member, "noa@work.example", _secret, Now);

    private string WrongCode => _secret.Code == "000000" ? "000001" : "000000";

    [Fact]
    public void A_token_has_256_bits_and_a_code_six_digits()
    {
        Assert.Matches("^[A-Za-z0-9_-]{43}$", _secret.Token);
        Assert.Matches("^[0-9]{6}$", _secret.Code);
        Assert.NotEqual(_secret.Token, ContactSecret.Create().Token);
        Assert.Equal(_secret, ContactSecret.Read(_secret.Write()));
    }

    [Fact]
    public void Neither_is_stored_or_printed()
    {
        var stored = typeof(ContactVerification).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => (string)property.GetValue(_verification)!);

        Assert.All(stored, text => Assert.False(text.Contains(_secret.Token, StringComparison.Ordinal) || text.Contains(_secret.Code, StringComparison.Ordinal)));
        Assert.Equal("ContactSecret", $"{_secret}");
    }

    [Fact]
    public void The_same_code_in_two_mails_has_two_hashes() =>
        Assert.NotEqual(_secret.CodeHash, new ContactSecret(ContactSecret.Create().Token, _secret.Code).CodeHash);

    [Fact]
    public void The_right_code_confirms_however_it_is_spaced()
    {
        Assert.True(_verification.TryConfirm($" {_secret.Code[..3]} {_secret.Code[3..]}", Now.AddHours(24).AddTicks(-1)));

        Assert.Equal((VerificationState.Confirmed, 0), (_verification.State, _verification.WrongCodes));
    }

    [Fact]
    public void After_five_wrong_codes_the_right_one_is_worth_nothing_and_the_link_still_is()
    {
        for (var i = 0; i < 5; i++)
            Assert.False(_verification.TryConfirm(WrongCode, Now));

        Assert.Equal(Reasons.TooManyWrongCodes, Refused(() => _verification.TryConfirm(_secret.Code, Now)));
        Assert.Equal((VerificationState.Open, 5), (_verification.State, _verification.WrongCodes));
        _verification.Confirm(Now);
        Assert.Equal(VerificationState.Confirmed, _verification.State);
    }

    [Fact]
    public void A_fifth_try_may_be_the_right_one()
    {
        for (var i = 0; i < 4; i++)
            _verification.TryConfirm(WrongCode, Now);

        Assert.True(_verification.TryConfirm(_secret.Code, Now));
    }

    [Fact]
    public void After_a_day_neither_link_nor_code_counts()
    {
        var late = Now.AddHours(24);

        Assert.Equal(Reasons.VerificationHasExpired, Refused(() => _verification.Confirm(late)));
        Assert.Equal(Reasons.VerificationHasExpired, Refused(() => _verification.TryConfirm(_secret.Code, late)));
        Assert.True(_verification.IsOpenAt(late.AddTicks(-1)));
        Assert.False(_verification.IsOpenAt(late));
    }

    [Fact]
    public void It_counts_once()
    {
        _verification.Confirm(Now);

        Assert.Equal(Reasons.VerificationIsUsed, Refused(() => _verification.Confirm(Now)));
        Assert.Equal(Reasons.VerificationIsUsed, Refused(() => _verification.TryConfirm(_secret.Code, Now)));
    }

    [Fact]
    public void What_was_replaced_or_cancelled_says_so_and_what_was_confirmed_stays_so()
    {
        var (replaced, cancelled) = (new ContactVerification(Member, "a@b.example", _secret, Now), new ContactVerification(Member, "a@b.example", _secret, Now));
        replaced.Replace();
        cancelled.Cancel();
        _verification.Confirm(Now);
        _verification.Cancel();

        Assert.Equal(Reasons.VerificationIsReplaced, Refused(() => replaced.Confirm(Now)));
        Assert.Equal(Reasons.VerificationIsCancelled, Refused(() => cancelled.Confirm(Now)));
        Assert.Equal(VerificationState.Confirmed, _verification.State);
    }

    [Fact]
    public void Every_state_is_decided_by_the_policy() =>
        Assert.All(Enum.GetValues<VerificationState>(), state =>
            Assert.Equal(state == VerificationState.Open, ContactPolicy.MayConfirm(state, Now.AddTicks(1), Now).IsAllowed));

    [Theory]
    [InlineData(59, "Reason.VerificationJustSent")]
    [InlineData(60, null)]
    public void An_address_is_left_in_peace_for_a_minute(int seconds, string? reason) =>
        Assert.Equal(reason, ContactPolicy.MayMail([], [_verification], Now.AddSeconds(seconds)).RefusedBecause?.Key);

    [Theory]
    [InlineData(3, 59, "Reason.TooManyVerifications")]
    [InlineData(3, 60, null)]
    [InlineData(2, 59, null)]
    public void A_person_has_three_mails_an_hour(int mails, int minutes, string? reason) =>
        Assert.Equal(reason, ContactPolicy.MayMail(Sent(mails, TimeSpan.Zero), [], Now.AddMinutes(minutes)).RefusedBecause?.Key);

    [Theory]
    [InlineData(10, 23, "Reason.TooManyVerificationsInADay")]
    [InlineData(10, 24, null)]
    [InlineData(9, 23, null)]
    public void A_person_has_ten_mails_a_day(int mails, int hours, string? reason) =>
        Assert.Equal(reason, ContactPolicy.MayMail(Sent(mails, TimeSpan.FromMinutes(30)), [], Now.AddHours(hours)).RefusedBecause?.Key);

    [Theory]
    [InlineData(3, 23, "Reason.TooManyVerificationsToAddress")]
    [InlineData(3, 24, null)]
    [InlineData(2, 23, null)]
    public void An_address_gets_three_mails_a_day_whoever_asks(int mails, int hours, string? reason) =>
        Assert.Equal(reason, ContactPolicy.MayMail([], Sent(mails, TimeSpan.FromHours(1)), Now.AddHours(hours)).RefusedBecause?.Key);

    [Fact]
    public void What_was_sent_a_day_ago_counts_no_more() => Assert.Equal(TimeSpan.FromDays(1), ContactPolicy.CountedFor);

    [Fact]
    public void A_member_is_told_first_of_what_waits_and_then_of_what_is_in_use()
    {
        var member = new Membership(Member.Organization, Member.Person, Now);
        Assert.Equal((ContactState.None, true), (member.ContactStateAt(Now), member.OwesContactAt(Now)));

        member.AwaitContact("noa@work.example", Now.AddHours(1));
        Assert.Equal((ContactState.Pending, true), (member.ContactStateAt(Now), member.OwesContactAt(Now)));
        Assert.Equal((ContactState.Expired, true), (member.ContactStateAt(Now.AddHours(1)), member.OwesContactAt(Now.AddHours(1))));

        member.UseVerifiedContact("noa@work.example");
        Assert.Equal((ContactState.Verified, false, null), (member.ContactStateAt(Now), member.OwesContactAt(Now), member.PendingContact));

        member.AwaitContact("noa@home.example", Now.AddHours(1));
        Assert.Equal((ContactState.Pending, "noa@work.example"), (member.ContactStateAt(Now), member.ContactAddress));

        member.UseSignInAddress(Now);
        Assert.Equal((ContactState.None, false, null), (member.ContactStateAt(Now), member.OwesContactAt(Now), member.ContactAddress));
    }

    [Fact]
    public void The_first_visit_is_over_once()
    {
        var member = new Membership(Member.Organization, Member.Person, Now);
        member.SetUp(Now);
        member.SetUp(Now.AddDays(1));

        Assert.Equal(Now, member.SetUpAt);
    }

    // The first one now, the others after it.
    private List<ContactVerification> Sent(int count, TimeSpan apart) =>
        [.. Enumerable.Range(0, count).Select(n => new ContactVerification(Member, $"{n}@work.example", _secret, Now + (n * apart)))];

    private static Reason Refused(Action act) => Assert.Throws<RuleViolationException>(act).Reason;
}
