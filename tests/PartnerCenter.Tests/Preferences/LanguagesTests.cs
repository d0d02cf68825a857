using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Tests.Preferences;

public sealed class LanguagesTests
{
    [Fact]
    public void There_are_english_and_dutch_and_english_is_what_everybody_falls_back_to()
    {
        Assert.Equal(["en", "nl"], Languages.All);
        Assert.Equal("en", Languages.Default);
    }

    [Theory]
    [InlineData("en", "en-GB")]
    [InlineData("nl", "nl-NL")]
    [InlineData("fr", "en-GB")]
    public void Dates_and_numbers_follow_the_language(string language, string culture) =>
        Assert.Equal(culture, Languages.CultureOf(language).Name);
}
