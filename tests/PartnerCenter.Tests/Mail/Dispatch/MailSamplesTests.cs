using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed partial class MailSamplesTests : IAsyncLifetime
{
    private const int LargestHtml = 100 * 1024;

    private static readonly string[] Keys =
    [
        .. new[] { "MailTexts", "PortalNotices", "Vocabulary" }
            .Select(name => Repository.SourceFiles($"{Path.DirectorySeparatorChar}{name}.resx").Single())
            .SelectMany(KeysOf)
            .Where(key => LooksLikeKey().IsMatch(key)),
    ];

    private MailWorld _world = null!;

    public static TheoryData<string, string, bool> Samples
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var sample in MailSamples.All)
            {
                foreach (var language in Languages.All)
                {
                    data.Add(sample.Key, language, true);
                    data.Add(sample.Key, language, false);
                }
            }

            return data;
        }
    }

    public async Task InitializeAsync() => _world = await MailWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_mail_can_be_written_in_every_language_and_sent(string key, string language, bool isTranslated)
    {
        var mail = await WriteAsync(key, language, isTranslated);

        Assert.NotEmpty(MimeMessage.Write(mail));
        Assert.EndsWith("@example.com", mail.To, StringComparison.Ordinal);
        Assert.Equal(language, mail.Language);
        var words = mail.Subject + mail.Text + mail.Html;
        Assert.DoesNotContain(Keys, words.Contains);
        Assert.DoesNotMatch(Placeholder(), words.Replace(new HtmlParser().ParseDocument(mail.Html).QuerySelector("style")!.TextContent, "", StringComparison.Ordinal));
        Assert.InRange(Encoding.UTF8.GetByteCount(mail.Html), 1, LargestHtml);
        Assert.DoesNotMatch(Markup(), mail.Text);
        Assert.Equal(language, new HtmlParser().ParseDocument(mail.Html).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Both_parts_say_the_same(string key, string language, bool isTranslated)
    {
        var mail = await WriteAsync(key, language, isTranslated);

        var html = new HtmlParser().ParseDocument(mail.Html);
        foreach (var link in html.Links)
            Assert.Contains(link.GetAttribute("href")!, mail.Text, StringComparison.Ordinal);
        foreach (var paragraph in html.QuerySelectorAll("p, h1").Where(element => element.QuerySelector("a") is null && element.Closest(".text") is null))
            Assert.Contains(Joined(paragraph.TextContent), Joined(mail.Text), StringComparison.Ordinal);

        static string Joined(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void There_is_a_sample_of_everything_that_the_portal_itself_tells()
    {
        var notices = KeysOf(Repository.SourceFiles($"{Path.DirectorySeparatorChar}PortalNotices.resx").Single())
            .Where(key => key.EndsWith(".Title", StringComparison.Ordinal))
            .Select(key => key.Split('.')[1]);

        Assert.Equal(notices.Order(StringComparer.Ordinal), MailSamples.All.Select(sample => sample.Notice).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void There_is_a_sample_of_every_kind_at_every_occasion_that_it_has() =>
        Assert.Equal(
            [
                "mandatory-action/published", "mandatory-action/due-in-30", "mandatory-action/due-in-7", "mandatory-action/due-in-1",
                "mandatory-action/due-today", "mandatory-action/overdue-7", "mandatory-action/overdue-14", "mandatory-action/overdue-21",
                "mandatory-action/overdue-28", "mandatory-action/escalated",
                "recommended-action/published", "recommended-action/due-in-30", "recommended-action/due-in-7", "recommended-action/due-in-1",
                "recommended-action/due-today",
                "transactional-notification/published", "transactional-notification/agreement",
                "promotional-notification/published", "promotional-notification/digest",
            ],
            MailSamples.All.Where(sample => sample.Notice is null).Select(sample => sample.Key));

    [Theory]
    [InlineData("mandatory-action/published", "[Billing] Sample: check your payment details – due 1 Apr")]
    [InlineData("mandatory-action/due-in-7", "[Billing] Reminder: Sample: check your payment details – 7 days left")]
    [InlineData("mandatory-action/overdue-28", "[Billing] Reminder: Sample: check your payment details – overdue by 28 days")]
    [InlineData("mandatory-action/escalated", "[Billing] Not read yet: Sample: check your payment details – due 9 Mar")]
    [InlineData("promotional-notification/published", "[Billing] Sample: check your payment details")]
    [InlineData("promotional-notification/digest", "3 offers and news items for Sample Company")]
    [InlineData("notice/Invited", "[Account settings] Chris Sample invites you to Sample Company")]
    [InlineData("notice/RequestDenied", "[Account settings] Your request for Billing admin was declined")]
    public async Task A_sample_is_about_what_its_name_says(string key, string subject) =>
        Assert.Equal(subject, (await WriteAsync(key, Languages.English)).Subject);

    [Theory]
    [InlineData("mandatory-action/published", "Mail of this kind belongs to the partnership and cannot be turned off.")]
    [InlineData("transactional-notification/agreement", "An agreement with the program requires this mail, so it cannot be turned off.")]
    [InlineData("transactional-notification/published", "Turn off transactional mail about Billing for Sample Company: ")]
    [InlineData("promotional-notification/published", "Turn off all promotional mail for Sample Company: ")]
    [InlineData("promotional-notification/published", MailWorld.PostalAddress)]
    [InlineData("mandatory-action/escalated", "You get this mail because nobody who was asked first has read it, and you have the role Global admin at Sample Company.")]
    [InlineData("notice/ContactToConfirm", "123456")]
    [InlineData("notice/RolesChanged", "Mail about your own account cannot be turned off.")]
    public async Task It_is_written_as_such_a_mail_is(string key, string says) =>
        Assert.Contains(says, (await WriteAsync(key, Languages.English)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_sample_that_was_not_translated_says_so_to_whoever_reads_another_language()
    {
        const string says = "Deze tekst is er alleen in het Engels.";

        Assert.Contains(says, (await WriteAsync("promotional-notification/published", Languages.Dutch, isTranslated: false)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(says, (await WriteAsync("promotional-notification/published", Languages.Dutch)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_optional_mail_carries_the_headers_by_which_it_is_turned_off()
    {
        List<string> optional = [];
        foreach (var sample in MailSamples.All)
        {
            var mail = await WriteAsync(sample.Key, Languages.English);
            Assert.Equal(mail.Headers.ContainsKey("List-Unsubscribe"), mail.Headers.ContainsKey("List-Unsubscribe-Post"));
            if (mail.Headers.ContainsKey("List-Unsubscribe"))
                optional.Add(sample.Key);
        }

        Assert.Equal(
            [
                "transactional-notification/published", "promotional-notification/published", "promotional-notification/digest",
                "notice/SupportReceived", "notice/SupportReply", "notice/SupportClose", "notice/SupportAnswer", "notice/SupportResolve",
                "notice/SupportReopen",
            ],
            optional);
    }

    [GeneratedRegex(@"\.[\w-]|[a-z][A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex LooksLikeKey();

    [GeneratedRegex(@"\{\d", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("</?[a-zA-Z][^>]*>|&[a-z]+;|&#", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    private static IEnumerable<string> KeysOf(string file) => XDocument.Load(file).Root!.Elements("data").Select(data => data.Attribute("name")!.Value);

    private Task<OutgoingMail> WriteAsync(string key, string language, bool isTranslated = true) =>
        _world.First.WithAsync<MailSamples, OutgoingMail>(samples =>
            samples.WriteAsync(MailSamples.All.Single(sample => sample.Key == key), language, isTranslated));
}
