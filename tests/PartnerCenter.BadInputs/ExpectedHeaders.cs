using System.Globalization;
using System.Net;

namespace PartnerCenter.BadInputs;

/// <summary>
/// The headers of the portal, written down by hand and not looked up in it: those that every answer carries, with their exact values, and
/// those that an answer may carry. Any other one is too many (ASVS 5.0 3.4, 13.4.6, 14.3.2).
/// </summary>
public static class ExpectedHeaders
{
    public const string PolicyInFrame =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    public const string OneYear = "max-age=31536000";

    private const string PolicyHeader = "Content-Security-Policy";
    private const string FramingPage = "/operator/mail-preview";
    private const string NoStore = "no-store";

    private static readonly string[] ForEveryone =
        ["no-cache", "public, max-age=31536000, immutable", "max-age=31536000, immutable"];

    private static readonly Dictionary<string, string> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["Referrer-Policy"] = "same-origin",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()",
    };

    private static readonly Dictionary<string, Func<HttpResponseMessage, string, bool>> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-Frame-Options"] = (answer, value) => value == (Header(answer, PolicyHeader) == PolicyInFrame ? "SAMEORIGIN" : "DENY"),
        ["Strict-Transport-Security"] = (answer, value) => IsOverNetwork(answer) && value == OneYear,
        ["Cache-Control"] = IsCacheRule,
        ["X-Trace-Id"] = (_, value) => value.Length is > 5 and < 40,
        ["Date"] = (_, _) => true,
        ["Content-Type"] = (_, value) => IsTypeOfOurs(value),
        ["Content-Language"] = (_, value) => value is "en" or "nl",
        ["Content-Length"] = (_, _) => true,
        ["Content-Encoding"] = (_, value) => value is "gzip" or "br",
        ["Content-Range"] = (answer, _) => answer.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable,
        ["Content-Disposition"] = (_, value) => value.StartsWith("attachment; filename=", StringComparison.Ordinal),
        ["Transfer-Encoding"] = (_, value) => value == "chunked",
        ["Connection"] = (_, value) => value == "close",
        ["Location"] = (answer, _) => answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.Created,
        ["Set-Cookie"] = (_, _) => true,
        ["Vary"] = (_, value) => value == "Accept-Encoding",
        ["ETag"] = (answer, _) => IsFile(answer) || IsFeed(answer),
        ["Last-Modified"] = (answer, _) => IsFile(answer),
        ["Accept-Ranges"] = (_, value) => value == "bytes",
        ["Allow"] = (answer, _) => answer.StatusCode == HttpStatusCode.MethodNotAllowed,
        ["Retry-After"] = (answer, value) => answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        ["WWW-Authenticate"] = (answer, value) => answer.StatusCode == HttpStatusCode.Unauthorized && value == "Bearer",
        ["Clear-Site-Data"] = (answer, value) => answer.StatusCode == HttpStatusCode.Found && value == "\"prefetchCache\"",
        ["Speculation-Rules"] = (answer, value) => answer.StatusCode == HttpStatusCode.OK && value.StartsWith("\"/fetch-ahead/", StringComparison.Ordinal),
    };

    /// <summary>The policy of a portal where nobody signs in by an identity provider.</summary>
    public static string Policy { get; } = PolicyFor();

    public static string PolicyWithFrames { get; } = FramesIn(Policy);

    /// <param name="providers">The origins of the identity providers, where signing out leads.</param>
    public static string PolicyFor(params string[] providers) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + $"form-action {string.Join(' ', ["'self'", .. providers])}; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    /// <param name="answer">An answer of the portal.</param>
    /// <param name="providers">The origins of its identity providers.</param>
    /// <returns>What is missing, other than it should be, or too many.</returns>
    public static IEnumerable<string> FaultsOf(HttpResponseMessage answer, params string[] providers)
    {
        var present = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

        // What is no HTTP never reaches the portal: the server refuses it with a status and a date.
        if (answer is { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge } && !present.ContainsKey("X-Trace-Id") && present.GetValueOrDefault("Content-Length") == "0")
            yield break;

        if (!IsPolicy(answer, present.GetValueOrDefault(PolicyHeader), PolicyFor(providers)))
            yield return $"has {PolicyHeader}: {present.GetValueOrDefault(PolicyHeader) ?? "nothing"}";

        foreach (var (name, value) in Always)
        {
            if (present.GetValueOrDefault(name) != value)
                yield return $"has {name}: {present.GetValueOrDefault(name) ?? "nothing"}";
        }

        string[] needed = IsOverNetwork(answer)
            ? ["X-Frame-Options", "Cache-Control", "Strict-Transport-Security"]
            : ["X-Frame-Options", "Cache-Control"];
        foreach (var name in needed.Where(name => !present.ContainsKey(name)))
            yield return $"has no {name}";

        foreach (var (name, value) in present.Where(header => header.Key != PolicyHeader && !Always.ContainsKey(header.Key)))
        {
            if (!Allowed.TryGetValue(name, out var isRight))
                yield return $"has {name}";
            else if (!isRight(answer, value))
                yield return $"has {name}: {value}";
        }
    }

    private static string PathOf(HttpResponseMessage answer) => Uri.UnescapeDataString(answer.RequestMessage!.RequestUri!.AbsolutePath);

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    // A browser that was told so of this machine would keep every other portal on it from answering over http.
    private static bool IsOverNetwork(HttpResponseMessage answer) => answer.RequestMessage!.RequestUri is { Scheme: "https", IsLoopback: false };

    // Which of the three it is on these two pages, tests of their own say: an address may leave one for the other by dots.
    private static bool IsPolicy(HttpResponseMessage answer, string? value, string policy) =>
        value == policy || (PathOf(answer).StartsWith(FramingPage, StringComparison.Ordinal) && (value == FramesIn(policy) || value == PolicyInFrame));

    private static string FramesIn(string policy) => policy + "; frame-src 'self'";

    private static bool IsCacheRule(HttpResponseMessage answer, string value)
    {
        if (IsFile(answer) && ForEveryone.Contains(value))
            return true;
        return value == NoStore || (IsFeed(answer) && value == "private, no-cache");
    }

    // A file of wwwroot, and the list of pages that may be fetched ahead, which is a file that is made.
    private static bool IsFile(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotModified or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PreconditionFailed
        && PathOf(answer) is var path
        && (path.StartsWith("/css/", StringComparison.Ordinal) || path.StartsWith("/js", StringComparison.Ordinal) || path.StartsWith("/icon", StringComparison.Ordinal) || path.StartsWith("/fetch-ahead/", StringComparison.Ordinal));

    // A calendar keeps what it fetched and asks each time whether it changed. The secret in its address is what opens it.
    private static bool IsFeed(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotModified
        && PathOf(answer) is var path
        && (path.StartsWith("/calendar/", StringComparison.Ordinal) || path.StartsWith("/feeds/", StringComparison.Ordinal));

    private static bool IsTypeOfOurs(string value) =>
        value is "text/html; charset=utf-8" or "text/plain; charset=utf-8" or "text/css" or "text/css; charset=utf-8" or "text/javascript" or "text/javascript; charset=utf-8" or "image/svg+xml"
            or "application/json; charset=utf-8" or "application/problem+json" or "application/problem+json; charset=utf-8" or "text/csv; charset=utf-8"
            or "text/calendar; charset=utf-8" or "application/atom+xml; charset=utf-8" or "application/speculationrules+json; charset=utf-8" or "application/speculationrules+json";
}
