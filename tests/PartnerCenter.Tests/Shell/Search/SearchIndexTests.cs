using PartnerCenter.Web.Shell.Search;

namespace PartnerCenter.Tests.Shell.Search;

public sealed class SearchIndexTests
{
    [Theory]
    [InlineData("contact address")]
    [InlineData("CONTACT")]
    [InlineData("address contact")]
    [InlineData("cont addr")]
    [InlineData("  contact,  address! ")]
    public void All_words_have_to_occur_in_any_order_and_as_far_as_they_are_typed(string words) =>
        Assert.Equal(["Contact address"], Find(words, "Contact address", "Contact", "Address book").Take(1));

    [Theory]
    [InlineData("contact invoices")]
    [InlineData("ntact")]
    [InlineData("")]
    [InlineData("  .,- ")]
    public void Without_one_of_the_words_nothing_is_found(string words) => Assert.Empty(Find(words, "Contact address"));

    [Theory]
    [InlineData("facturacion", "Facturación")]
    [InlineData("FACTURACIÓN", "Facturacion")]
    [InlineData("geactualiseerd", "Geäctualiseerd")]
    public void Accents_and_capitals_make_no_difference(string words, string title) => Assert.Equal([title], Find(words, title));

    [Theory]
    [InlineData(0xFFFE)]
    [InlineData(0xFFFF)]
    [InlineData(0xD800)]
    public void What_is_no_character_is_no_part_of_a_word(int code) => Assert.Equal(["Contact address"], Find($"contact{(char)code}", "Contact address"));

    [Theory]
    [InlineData("prefernces")]
    [InlineData("prefrences")]
    [InlineData("perferences")]
    [InlineData("preferrences")]
    [InlineData("preferenxes")]
    [InlineData("perfer")]
    public void A_slip_of_the_keyboard_finds_what_was_meant(string words) => Assert.Equal(["Preferences"], Find(words, "Preferences", "Programs"));

    [Theory]
    [InlineData("rols", "Roles")]
    [InlineData("rxs", null)]
    [InlineData("role", "Roles")]
    public void Short_words_allow_one_slip_and_very_short_ones_none(string words, string? found) =>
        Assert.Equal(found is null ? [] : [found], Find(words, "Roles"));

    [Fact]
    public void A_sentence_finds_what_has_some_of_its_words_the_rarest_first()
    {
        var index = new SearchIndex<string>(_ => []);
        foreach (var text in new[] { "Mail and roles", "Mail and invoices", "Mail" })
            index.Add(text, (text, 1));

        Assert.Equal(["Mail and invoices", "Mail and roles"], index.FindClosest("Why is there no mail and no line in my invoices?"));
        Assert.Empty(index.FindClosest("Something else entirely"));
        Assert.Empty(index.FindClosest(""));
    }

    [Fact]
    public void What_is_written_as_it_is_typed_keeps_slips_away() => Assert.Equal(["Users"], Find("users", "Users", "Uses"));

    [Fact]
    public void A_whole_word_comes_before_a_beginning_and_that_before_a_synonym()
    {
        var index = new SearchIndex<string>(word => word == "pay" ? ["earnings"] : []);
        foreach (var title in new[] { "Earnings", "Payouts", "Pay" })
            index.Add(title, (title, 1));

        Assert.Equal(["Pay", "Payouts", "Earnings"], index.Find("pay"));
    }

    [Fact]
    public void A_title_comes_before_a_text_and_of_two_that_are_as_good_the_first_one_first()
    {
        var index = new SearchIndex<string>(_ => []);
        index.Add("text", ("Something", 10), ("about roles", 2));
        index.Add("title", ("Roles", 10));
        index.Add("another title", ("Roles", 10));

        Assert.Equal(["title", "another title", "text"], index.Find("roles"));
    }

    private static IReadOnlyList<string> Find(string words, params string[] titles)
    {
        var index = new SearchIndex<string>(_ => []);
        foreach (var title in titles)
            index.Add(title, (title, 1));
        return index.Find(words);
    }
}
