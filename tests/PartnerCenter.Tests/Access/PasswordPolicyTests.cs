using PartnerCenter.Domain.Access;

namespace PartnerCenter.Tests.Access;

/// <summary>What can be a password, and what others would try first.</summary>
public sealed class PasswordPolicyTests
{
    private static readonly string[] About = ["PartnerCenter", "Noa van Dijk", "n.vandijk@harbor-apps.example", "Harbor Apps"];

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("fietsbel gordijn zeventien")]
    [InlineData("zR9$kq!2mVx7")]
    [InlineData("            twelve spaces and words")]
    [InlineData("пароль-из-трёх-слов")]
    [InlineData("kleine Wolken über Graz")]
    public void Whatever_is_long_enough_and_not_obvious_is_let_through(string password) => Assert.True(PasswordPolicy.May(password, About).IsAllowed);

    [Fact]
    public void Every_sign_counts_once_however_the_machine_writes_it()
    {
        Assert.Equal("Reason.PasswordTooShort", Because(string.Concat(Enumerable.Repeat("🦊q", 5)) + "z"));
        Assert.Null(Because("🦊q🐢w🐝e🐙r🦉t🐌y"));
        Assert.Equal("Reason.PasswordTooLong", Because(Long(PasswordPolicy.Longest + 1)));
        Assert.Null(Because(Long(PasswordPolicy.Longest)));
        Assert.Null(Because(Long(128)));
    }

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password2026!")]
    [InlineData("P@ssw0rd1234")]
    [InlineData("Wachtwoord123!")]
    [InlineData("welkomwelkom1")]
    [InlineData("qwertyuiop12")]
    [InlineData("QwErTyUiOp[]")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("123456789012")]
    [InlineData("987654321098")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("aB3!aB3!aB3!aB3!")]
    [InlineData("Summer-2026-Summer")]
    [InlineData("iloveyou-12-forever")]
    [InlineData("letmein-1234-letmein")]
    [InlineData("a1s2d3f4g5h6")]
    [InlineData("2026/11/29 12:00")]
    public void What_is_tried_first_is_refused(string password) => Assert.Equal("Reason.PasswordIsCommon", Because(password));

    [Theory]
    [InlineData("PartnerCenter-2026")]
    [InlineData("p4rtnercenter99")]
    [InlineData("vandijk-noa-1987")]
    [InlineData("HarborApps!2026")]
    [InlineData("noa@harbor-apps")]
    public void What_others_know_of_somebody_is_refused(string password) => Assert.Contains(Because(password), new[] { "Reason.PasswordIsAboutYou", "Reason.PasswordIsCommon" });

    [Fact]
    public void What_others_know_of_somebody_else_is_not() => Assert.Null(PasswordPolicy.May("vandijk-harbor-1987", ["Chris Sample"]).RefusedBecause);

    private static string Long(int length) => string.Concat(Enumerable.Range(0, length).Select(place => (char)('a' + (place * place * 7 % 26))));

    private static string? Because(string password) => PasswordPolicy.May(password, About).RefusedBecause?.Key;
}
