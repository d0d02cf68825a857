using System.Text;
using CodeHollow.FeedReader;
using PartnerCenter.Web.Shell.Feeds;

namespace PartnerCenter.Tests.Features.Feeds;

/// <summary>What we write, read back by a library that is not ours.</summary>
public sealed class AtomFileTests
{
    private static readonly DateTime Since = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static readonly AtomChannel Channel = new(
        "tag:portal.example,2026:notifications", "Notifications", "The program", "nl", new Uri("https://portal.example/o/alpine"), Since);

    [Theory]
    [InlineData("Plain", "Plain")]
    [InlineData("<b>No markup</b> & no \"entity\"; &amp; stays", "<b>No markup</b> & no \"entity\"; &amp; stays")]
    [InlineData("één 😀 €", "één 😀 €")]
    [InlineData("a\u0000b\u0007c\u001bd", "abcd")]
    public void A_title_comes_back_as_it_was_without_what_xml_cannot_hold(string title, string expected)
    {
        var feed = FeedReader.ReadFromByteArray(AtomFile.Write(Channel, [Entry(title)]));

        Assert.Equal(expected, Assert.Single(feed.Items).Title);
    }

    // No attribute can hold half of a character, so it is cut here.
    [Fact]
    public void Half_a_character_becomes_the_mark_for_one_that_is_missing()
    {
        var feed = FeedReader.ReadFromByteArray(AtomFile.Write(Channel, [Entry(string.Concat("half ", "😀".AsSpan(0, 1), " a character"))]));

        Assert.Equal("half \ufffd a character", Assert.Single(feed.Items).Title);
    }

    [Fact]
    public void A_feed_without_entries_changed_when_it_could_have_changed_last()
    {
        var file = AtomFile.Write(Channel, []);

        var feed = FeedReader.ReadFromByteArray(file);
        Assert.Empty(feed.Items);
        Assert.Equal(Since, feed.LastUpdatedDate!.Value.ToUniversalTime());
        Assert.Contains("xml:lang=\"nl\"", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    private static AtomEntry Entry(string title) =>
        new("tag:portal.example,2026:7", Since, title, "A line", "en", ["Billing"], new Uri("https://portal.example/o/alpine/action-center/7"));
}
