using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

/// <summary>What uses up what, in an account with a second step.</summary>
public sealed class LocalAccountTests
{
    private static readonly DateTime Now = FixedTime.Start;

    [Fact]
    public void A_code_of_the_app_counts_once_and_none_before_it()
    {
        var (account, _) = TwoStep(lastStep: 100);

        Assert.False(account.TrySpend(100));
        Assert.False(account.TrySpend(99));
        Assert.True(account.TrySpend(101));
        Assert.False(account.TrySpend(101));
        Assert.True(account.TrySpend(103));
        Assert.False(account.TrySpend(102));
    }

    [Fact]
    public void A_recovery_code_counts_once_however_it_is_typed()
    {
        var (account, codes) = TwoStep();
        Assert.Equal(RecoveryCodeSet.Count, codes.Codes.Distinct().Count());

        Assert.True(account.TrySpendRecoveryCode(codes.Codes[0]));
        Assert.False(account.TrySpendRecoveryCode(codes.Codes[0]));
        Assert.True(account.TrySpendRecoveryCode($" {codes.Codes[1].Replace('-', ' ')} ".ToLowerInvariant()));
        Assert.False(account.TrySpendRecoveryCode(codes.Codes[1]));
        Assert.False(account.TrySpendRecoveryCode(""));
        Assert.False(account.TrySpendRecoveryCode("2222-2222-2222"));
        Assert.False(account.TrySpendRecoveryCode("🦊🦊🦊🦊🦊🦊"));
        Assert.Equal(RecoveryCodeSet.Count - 2, account.RecoveryCodes.Count);
    }

    [Fact]
    public void New_recovery_codes_replace_all_before_them_and_turning_off_takes_everything_away()
    {
        var (account, before) = TwoStep();
        var after = RecoveryCodeSet.Create();

        account.Replace(after);

        Assert.False(account.TrySpendRecoveryCode(before.Codes[3]));
        Assert.True(account.TrySpendRecoveryCode(after.Codes[3]));

        account.TurnOffTwoStep();
        Assert.False(account.IsTwoStepOn);
        Assert.Null(account.AppSecret);
        Assert.Null(account.LastStep);
        Assert.Empty(account.RecoveryCodes);
        Assert.False(account.TrySpendRecoveryCode(after.Codes[4]));
    }

    [Fact]
    public void An_app_that_is_being_set_up_counts_for_nothing()
    {
        var account = new LocalAccount(new Person("Noa", "noa@harbor.example"), "hash", Now);

        account.Prepare("sealed");

        Assert.False(account.IsTwoStepOn);
        Assert.Null(account.AppSecret);
        Assert.Throws<InvalidOperationException>(() => new LocalAccount(account.Person, "hash", Now).TurnOnTwoStep(1, RecoveryCodeSet.Create(), Now));
    }

    [Fact]
    public void Recovery_codes_are_stored_by_a_slow_hash_only_and_never_print_themselves()
    {
        var (account, codes) = TwoStep();

        Assert.All(account.RecoveryCodes, code => Assert.Matches("^[0-9A-F]{64}$", code.Hash));
        Assert.Equal(nameof(RecoveryCodeSet), $"{codes}");
        Assert.All(codes.Codes, code => Assert.DoesNotContain(Secret.Hash(code.Replace("-", "", StringComparison.Ordinal)), account.RecoveryCodes.Select(stored => stored.Hash)));
    }

    [Fact]
    public void Of_reset_mails_three_go_in_an_hour_and_ten_in_a_day()
    {
        DateTime[] asked = [Now.AddMinutes(-59), Now.AddMinutes(-30)];
        Assert.True(PasswordReset.MayMail(asked, Now));
        Assert.False(PasswordReset.MayMail([.. asked, Now], Now));
        Assert.True(PasswordReset.MayMail([.. asked, Now], Now.AddMinutes(1)));
        var spread = Enumerable.Range(1, 10).Select(hour => Now.AddHours(-2 * hour)).ToArray();
        Assert.False(PasswordReset.MayMail(spread, Now));
        Assert.True(PasswordReset.MayMail(spread[..9], Now));
    }

    [Fact]
    public void A_reset_counts_for_an_hour_and_until_it_is_closed()
    {
        var reset = new PasswordReset(1, "secret", Now);
        Assert.True(reset.IsOpenAt(Now + PasswordReset.Lasts - TimeSpan.FromTicks(1)));
        Assert.False(reset.IsOpenAt(Now + PasswordReset.Lasts));

        reset.Close(Now);

        Assert.False(reset.IsOpenAt(Now));
        Assert.Equal(Secret.Hash("secret"), reset.SecretHash);
    }

    private static (LocalAccount Account, RecoveryCodeSet Codes) TwoStep(long lastStep = 1)
    {
        var (account, codes) = (new LocalAccount(new Person("Noa", "noa@harbor.example"), "hash", Now), RecoveryCodeSet.Create());
        account.Prepare("sealed");
        account.TurnOnTwoStep(lastStep, codes, Now);
        return (account, codes);
    }
}
