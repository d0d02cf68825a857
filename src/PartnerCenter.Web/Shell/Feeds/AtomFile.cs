using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;

namespace PartnerCenter.Web.Shell.Feeds;

/// <summary>News to subscribe to, as RFC 4287 wants it written. It does not name its own address: that is as good as a password.</summary>
public static class AtomFile
{
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private static readonly XmlQualifiedName LanguageAttribute = new("lang", "http://www.w3.org/XML/1998/namespace");

    public static byte[] Write(AtomChannel channel, IReadOnlyList<AtomEntry> entries)
    {
        var feed = new SyndicationFeed(entries.Select(ItemFrom))
        {
            Id = channel.Id,
            Title = Text(channel.Title),
            Language = channel.Language,
            LastUpdatedTime = Moment(entries.Select(entry => entry.PublishedAt).DefaultIfEmpty(channel.Since).Max()),
        };
        feed.Authors.Add(new SyndicationPerson { Name = FeedText.Clean(channel.Author) });
        feed.Links.Add(SyndicationLink.CreateAlternateLink(channel.Address, "text/html"));

        using var file = new MemoryStream();
        using (var xml = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            feed.GetAtom10Formatter().WriteTo(xml);
        return file.ToArray();
    }

    private static SyndicationItem ItemFrom(AtomEntry entry)
    {
        var item = new SyndicationItem
        {
            Id = entry.Id,
            Title = Text(entry.Title),
            Summary = Text(entry.Line),
            PublishDate = Moment(entry.PublishedAt),
            LastUpdatedTime = Moment(entry.PublishedAt),
        };
        item.AttributeExtensions.Add(LanguageAttribute, entry.Language);
        item.Links.Add(SyndicationLink.CreateAlternateLink(entry.Address, "text/html"));
        foreach (var category in entry.Categories)
            item.Categories.Add(new SyndicationCategory(FeedText.Clean(category)));
        return item;
    }

    private static DateTimeOffset Moment(DateTime at) => new(at, TimeSpan.Zero);

    private static TextSyndicationContent Text(string text) => new(FeedText.Clean(text));
}

/// <param name="Id">The same for as long as there is the feed, as an IRI.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Author">Who speaks.</param>
/// <param name="Language">The language of the titles of the feed.</param>
/// <param name="Address">The page that shows the same.</param>
/// <param name="Since">When it can have changed last if there is nothing in it, in UTC.</param>
public sealed record AtomChannel(string Id, string Title, string Author, string Language, Uri Address, DateTime Since);

/// <param name="Id">The same whenever it is told again, and nothing else's, as an IRI.</param>
/// <param name="PublishedAt">When it was published, in UTC.</param>
/// <param name="Title">Its title.</param>
/// <param name="Line">Its beginning.</param>
/// <param name="Language">The language of title and beginning.</param>
/// <param name="Categories">What it belongs to.</param>
/// <param name="Address">Where to read on.</param>
public sealed record AtomEntry(
    string Id, DateTime PublishedAt, string Title, string Line, string Language, IReadOnlyList<string> Categories, Uri Address);
