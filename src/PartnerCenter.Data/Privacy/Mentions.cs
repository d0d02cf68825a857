using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Data.Privacy;

/// <summary>Finds what somebody was called, and where mail reached them, in texts that others wrote.</summary>
internal sealed class Mentions
{
    // A shorter name would be found in texts that speak of something else.
    private const int ShortestName = 3;

    private readonly Regex? _any;
    private readonly IReadOnlyList<string> _masked;
    private readonly string _neutral;

    /// <param name="names">What the person was called, whenever.</param>
    /// <param name="addresses">Where mail reached them, whenever.</param>
    /// <param name="neutral">What takes its place.</param>
    public Mentions(IReadOnlyCollection<string> names, IReadOnlyCollection<string> addresses, string neutral)
    {
        _neutral = neutral;
        _masked = [.. addresses.Select(MailAddressRule.Mask).Distinct(StringComparer.Ordinal)];
        Words = [.. names.Concat(addresses)
            .Select(word => word.Trim())
            .Where(word => word.Length >= ShortestName && !word.Equals(neutral, StringComparison.Ordinal))
            .SelectMany(Spellings)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(word => word.Length)];
        // Whole words only: "Jan" is not in "January".
        _any = Words.Count == 0
            ? null
            : new Regex($@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', Words.Select(Regex.Escape))})(?![\p{{L}}\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }

    /// <summary>Every spelling that is looked for, in the HTML of mails and the Markdown of notices too.</summary>
    public IReadOnlyList<string> Words { get; }

    public string Clean(string text) => _any is null ? text : _any.Replace(text, _neutral.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>The same in a text that only the person was shown: there, also an address of which the first letter is left is theirs.</summary>
    public string CleanMasked(string text) => _masked.Aggregate(Clean(text), (cleaned, masked) => cleaned.Replace(masked, _neutral, StringComparison.OrdinalIgnoreCase));

    public bool AreIn(params IEnumerable<string?> texts) => _any is not null && texts.Any(text => text is not null && _any.IsMatch(text));

    private static IEnumerable<string> Spellings(string word) =>
    [
        word, word.ToUpperInvariant(), word.ToLowerInvariant(), WebUtility.HtmlEncode(word), HtmlEncoder.Default.Encode(word), NoticeTexts.Escape(word), Uri.EscapeDataString(word),
    ];
}
