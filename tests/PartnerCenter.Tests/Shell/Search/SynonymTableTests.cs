using PartnerCenter.Web.Shell.Search;

namespace PartnerCenter.Tests.Shell.Search;

public sealed class SynonymTableTests
{
    [Theory]
    [InlineData("earnings", "payouts")]
    [InlineData("earn", "uitbetalingen")]
    [InlineData("facturen", "billing")]
    [InlineData("colleagues", "users")]
    public void It_knows_what_else_means_the_same_in_both_languages(string word, string other) => Assert.Contains(other, SynonymTable.Of(word));

    [Theory]
    [InlineData("ea")]
    [InlineData("zanzibar")]
    [InlineData("")]
    public void Of_too_few_letters_or_an_unknown_word_it_says_nothing(string word) => Assert.Empty(SynonymTable.Of(word));
}
