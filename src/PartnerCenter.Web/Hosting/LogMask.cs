using System.Text;
using System.Text.RegularExpressions;
using PartnerCenter.Domain.Mail;
using Serilog.Core;
using Serilog.Events;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Makes the values of a log event fit to be kept and read (ASVS 5.0 16.2.5, 16.4.1): of addresses the first letter and the domain stay,
/// of keys and tokens nothing, and a control character cannot begin a line that nobody logged. What cannot be known by its looks, a name
/// or what somebody typed, must not be logged at all.
/// </summary>
public sealed partial class LogMask : ILogEventEnricher
{
    // What the framework adds to all that is logged during a request. Addresses can carry names and tokens; RequestLog has the route.
    private const string AddressOfRequest = "RequestPath";

    private const char Hidden = '…';

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        logEvent.RemovePropertyIfPresent(AddressOfRequest);
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            if (Masked(value) is var masked && !ReferenceEquals(masked, value))
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, masked));
        }
    }

    /// <summary>A text of which a log may have all that is left.</summary>
    public static string Mask(string text)
    {
        text = WithoutControls(text);
        if (text.Contains('@', StringComparison.Ordinal))
            text = Address().Replace(text, match => MailAddressRule.Mask(match.Value));
        return Token().Replace(ApiKey().Replace(text, $"pck_{Hidden}"), match => match.Value.Any(char.IsAsciiDigit) ? $"{Hidden}" : match.Value);
    }

    private static LogEventPropertyValue Masked(LogEventPropertyValue value) => value switch
    {
        ScalarValue { Value: string text } => Masked(text) is { } masked ? new ScalarValue(masked) : value,
        // A number, a time, an enum: a struct. Uri can be formatted as well, and carries tokens.
        ScalarValue { Value: null or bool or char or (ValueType and IFormattable) } => value,
        ScalarValue other => new ScalarValue(Mask($"{other.Value}")),
        SequenceValue sequence => new SequenceValue(sequence.Elements.Select(Masked)),
        StructureValue structure => new StructureValue(
            structure.Properties.Select(property => new LogEventProperty(property.Name, Masked(property.Value))), structure.TypeTag),
        DictionaryValue dictionary => new DictionaryValue(dictionary.Elements.Select(element =>
            KeyValuePair.Create((ScalarValue)Masked(element.Key), Masked(element.Value)))),
        _ => new ScalarValue(Mask(value.ToString(format: null, System.Globalization.CultureInfo.InvariantCulture))),
    };

    private static string? Masked(string text) => Mask(text) is var masked && masked != text ? masked : null;

    private static string WithoutControls(string text)
    {
        if (!text.Any(BreaksLines))
            return text;

        var line = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (BreaksLines(letter))
                line.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                line.Append(letter);
        }

        return line.ToString();
    }

    // Control characters, what Unicode breaks lines with, and what turns the direction of a line around.
    private static bool BreaksLines(char letter) =>
        char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    [GeneratedRegex(@"[^\s@<>""'(),;:=/\\\[\]]+@[^\s@<>""'(),;:=/\\\[\]]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex("pck_[A-Za-z0-9]+(?:_[A-Za-z0-9_-]*)?", RegexOptions.NonBacktracking)]
    private static partial Regex ApiKey();

    // Session ids, feed secrets, sealed links and hashes are longer than any word, and have digits among their letters.
    [GeneratedRegex("[A-Za-z0-9_-]{32,}", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
