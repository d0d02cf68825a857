using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OtpNet;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Tests.Security;

/// <summary>The codes of the second step, and the hashes of passwords.</summary>
public sealed class AuthenticatorAppsTests
{
    private static readonly EphemeralDataProtectionProvider Keys = new();

    // RFC 6238, appendix B, for SHA-1; ours are the last six of its eight digits.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_vectors_of_the_standard_come_out(long seconds, string code)
    {
        var apps = At(seconds);

        Assert.Equal(seconds / 30, apps.StepOf(Sealed("12345678901234567890"), code[2..]));
        Assert.Equal(seconds / 30, apps.StepOf(Sealed("12345678901234567890"), $" {code[2..5]} {code[5..]} "));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_one_step_off(int steps, bool counts)
    {
        const long Now = 1234567890;
        var code = new Totp(Encoding.ASCII.GetBytes("12345678901234567890")).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(Now + (30 * steps)).UtcDateTime);

        Assert.Equal(counts ? (Now / 30) + steps : null, At(Now).StepOf(Sealed("12345678901234567890"), code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00592")]
    [InlineData("0059240")]
    [InlineData("00592a")]
    [InlineData("٠٠٥٩٢٤")]
    public void What_is_no_code_is_wrong(string typed) => Assert.Null(At(1234567890).StepOf(Sealed("12345678901234567890"), typed));

    [Fact]
    public void Without_a_secret_or_with_keys_that_are_gone_no_code_is_right()
    {
        Assert.Null(At(1234567890).StepOf(null, "005924"));
        Assert.Null(new AuthenticatorApps(new EphemeralDataProtectionProvider(), new FixedTime(DateTime.UnixEpoch)).StepOf(Sealed("12345678901234567890"), "005924"));
    }

    [Fact]
    public void A_new_app_is_described_as_text_as_a_link_and_as_a_picture()
    {
        var apps = At(0);
        var secret = apps.Create();

        var app = apps.Describe(secret, "noa+x@harbor.example");

        var key = app.Key.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(20, Base32Encoding.ToBytes(key).Length);
        Assert.DoesNotContain(key, secret, StringComparison.Ordinal);
        Assert.Equal($"otpauth://totp/PartnerCenter:noa%2Bx%40harbor.example?secret={key}&issuer=PartnerCenter&algorithm=SHA1&digits=6&period=30", app.Address);
        Assert.StartsWith("M4 4h1v1h-1z", app.Picture.Path, StringComparison.Ordinal);
        Assert.NotEqual(key, apps.Describe(apps.Create(), "noa+x@harbor.example").Key.Replace(" ", "", StringComparison.Ordinal));
        Assert.DoesNotContain(key, $"{app}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_with_fewer_rounds_is_right_and_to_be_made_anew()
    {
        var (passwords, person) = (new Passwords(), new Person("Noa", "noa@harbor.example"));
        var weaker = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(new(), "correct horse");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, passwords.Check(new LocalAccount(person, weaker, DateTime.UnixEpoch), "correct horse"));
        Assert.Equal(PasswordVerificationResult.Success, passwords.Check(new LocalAccount(person, passwords.Hash("correct horse"), DateTime.UnixEpoch), "correct horse"));
        Assert.Equal(PasswordVerificationResult.Failed, passwords.Check(new LocalAccount(person, weaker, DateTime.UnixEpoch), "correct horse "));
        Assert.Equal(PasswordVerificationResult.Failed, passwords.Check(null, "correct horse"));
    }

    private static AuthenticatorApps At(long seconds) => new(Keys, new FixedTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime));

    private static string Sealed(string secret) => Keys.CreateProtector("PartnerCenter.AuthenticatorApp.v1").Protect(Base32Encoding.ToString(Encoding.ASCII.GetBytes(secret)));
}
