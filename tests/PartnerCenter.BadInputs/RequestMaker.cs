using System.Text;
using System.Text.RegularExpressions;

namespace PartnerCenter.BadInputs;

/// <summary>
/// Makes requests that are bad in one way or in a few: what a route reads is first filled in as somebody would who means well, so that a
/// request comes as far as it can, and then twisted.
/// </summary>
internal sealed partial class RequestMaker(Uri portal, IReadOnlyList<AttackedRoute> routes, IReadOnlyList<Caller> callers)
{
    private const int LongestInAddress = 5_000;
    private const int LongestInHeader = 7_000;
    private const int LongestInForm = 70_000;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"];

    private static readonly string[] ContentTypes =
    [
        "text/plain", "application/xml", "application/json; charset=nonsense", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x",
        "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=utf-16", "application/problem+json", "image/png", "*/*", "x", "text/html; charset=\"",
    ];

    private static readonly string[] Headers =
    [
        "Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Cookie", "Content-Language", "Forwarded", "Host-Override", "If-Match", "If-None-Match", "If-Modified-Since", "Idempotency-Key",
        "Origin", "Purpose", "Range", "Referer", "Save-Data", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Purpose", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
        "X-HTTP-Method-Override", "X-Original-URL", "X-Requested-With", "RequestVerificationToken", "Traceparent", "Tracestate", "Baggage",
    ];

    private static readonly string[] PathEnds =
    [
        "/", "//", "/..", "/../", "/.", "/x.css", ".css", ".json", ";x=1", "%00", "%0d%0a", "%2f", "%5c", "/%2e%2e/%2e%2e/etc/passwd", "?", "??", "?&&=&", "?=x", "?x[]=1&x[0]=2", "#x", "/.git/config", "%zz", "/%ff", "/%c3%a9",
    ];

    private static readonly string[] CookieNames = ["pc", "__Host-pc", "pc-form", "pc-language", "pc-theme", "pc-density", "pc-message", "__Host-pc-theme"];

    /// <summary>One request.</summary>
    /// <param name="number">Which one of a run: routes take turns.</param>
    /// <param name="random">What chooses everything else.</param>
    public BadInput Make(int number, Random random)
    {
        var route = routes[number % routes.Count];
        var caller = CallerOf(route, random);
        var draft = new RequestDraft(route.Method, caller.Token, caller.Cookies);
        Fill(route, draft, random);

        List<string> twists = [];
        for (var more = random.Next(1, 4); more > 0; more--)
            twists.Add(Twist(route, draft, random));
        return new BadInput($"{route.Method} {route.Template}", draft.ToRequest(portal, route.Template, caller.Key), caller, twists);
    }

    private Caller CallerOf(AttackedRoute route, Random random)
    {
        var kind = random.Next(6) == 0 ? callers[random.Next(callers.Count)].Kind : route.Openers[random.Next(route.Openers.Count)];
        var such = callers.Where(caller => caller.Kind == kind).ToList();
        return such[random.Next(such.Count)];
    }

    private static void Fill(AttackedRoute route, RequestDraft draft, Random random)
    {
        foreach (var input in route.Inputs)
        {
            switch (input.Source)
            {
                case InputSource.Route:
                    draft.RouteValues[input.Name] = GoodValues.For(input, random);
                    break;
                case InputSource.Query:
                    draft.Query.Add((input.Name, GoodValues.For(input, random)));
                    break;
                case InputSource.Form:
                    draft.Form.Add((input.Name, GoodValues.For(input, random)));
                    break;
                case InputSource.Header:
                    draft.Headers.Add((input.Name, GoodValues.For(input, random)));
                    break;
                case InputSource.Body:
                    draft.Json = GoodValues.BodyFor(input.Type);
                    break;
                case InputSource.File:
                    draft.Files.Add((input.Name, "people.csv", GoodValues.Csv));
                    break;
            }
        }
    }

    private static string Twist(AttackedRoute route, RequestDraft draft, Random random)
    {
        var kind = random.Next(20);
        if (kind < 11 && route.Inputs.Count > 0)
            return TwistValue(route, draft, random);
        return kind switch
        {
            < 13 => TwistHeader(draft, random),
            13 => TwistToken(draft, random),
            14 => TwistContentType(draft, random),
            15 => TwistBody(draft, random),
            16 => TwistMethod(draft, random),
            17 => TwistPath(draft, random),
            18 => TwistCookie(draft, random),
            _ => TwistFields(draft, random),
        };
    }

    private static string TwistValue(AttackedRoute route, RequestDraft draft, Random random)
    {
        var input = route.Inputs[random.Next(route.Inputs.Count)];
        var value = NastyValues.Next(random, input.Source switch
        {
            InputSource.Form or InputSource.Body or InputSource.File => LongestInForm,
            InputSource.Header => LongestInHeader,
            _ => LongestInAddress,
        });
        switch (input.Source)
        {
            case InputSource.Route:
                draft.RouteValues[input.Name] = value;
                break;
            case InputSource.Query:
                Replace(draft.Query, input.Name, value, random);
                break;
            case InputSource.Form:
                Replace(draft.Form, input.Name, value, random);
                break;
            case InputSource.Header:
                Replace(draft.Headers, input.Name, value, random);
                break;
            case InputSource.Body:
                draft.Json = NastyJson.Twist(GoodValues.BodyFor(input.Type), value, random);
                break;
            case InputSource.File:
                draft.Files.Clear();
                draft.Files.Add((input.Name, NastyValues.Next(random, LongestInHeader), random.Next(2) == 0 ? Encoding.UTF8.GetBytes(value) : GoodValues.BadCsv(random, value)));
                break;
        }

        return $"{input.Source} {input.Name} = {value}";
    }

    // Instead of the good one, beside it, or nothing at all.
    private static void Replace(List<(string Name, string Value)> values, string name, string value, Random random)
    {
        if (random.Next(4) > 0)
            values.RemoveAll(field => field.Name == name);
        if (random.Next(12) > 0)
            values.Add((name, value));
        if (random.Next(8) == 0)
            values.Add(($"{name}[{random.Next(-1, 3)}]", value));
        if (random.Next(8) == 0)
            values.Add(($"{name}.{name}", value));
    }

    private static string TwistHeader(RequestDraft draft, Random random)
    {
        var name = Headers[random.Next(Headers.Length)];
        var value = NastyValues.Next(random, LongestInHeader);
        draft.Headers.Add((name, value));
        return $"header {name} = {value}";
    }

    private static string TwistToken(RequestDraft draft, Random random)
    {
        draft.Token = random.Next(3) == 0 ? null : NastyValues.Next(random, LongestInHeader);
        return $"token {draft.Token}";
    }

    private static string TwistContentType(RequestDraft draft, Random random)
    {
        draft.ContentType = random.Next(4) == 0 ? NastyValues.Next(random, 200) : ContentTypes[random.Next(ContentTypes.Length)];
        return $"content type {draft.ContentType}";
    }

    private static string TwistBody(RequestDraft draft, Random random)
    {
        var (what, body) = random.Next(10) switch
        {
            0 => ("no body", []),
            1 => ("half a JSON document", Encoding.UTF8.GetBytes("{\"a\":[1,2,{\"b\":")),
            2 => ("deep JSON", Encoding.UTF8.GetBytes(new string('[', 20_000))),
            3 => ("deep objects", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"content\":", 3_000)))),
            4 => ("no UTF-8", [0xff, 0xfe, 0xc0, 0x80, 0x3d, 0xed, 0xa0, 0x80, 0x26]),
            5 => ("multipart without an end", Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc")),
            6 => ("multipart without names", Encoding.UTF8.GetBytes("--x\r\n\r\nabc\r\n--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--\r\n")),
            7 => ("a large body", new byte[random.Next(900_000, 1_300_000)]),
            8 => ("only signs", Encoding.UTF8.GetBytes("&&&===%%%&=&%")),
            _ => ("a JSON value", Encoding.UTF8.GetBytes(random.Next(2) == 0 ? "\"text\"" : "null")),
        };
        draft.Raw = body;
        if (what.StartsWith("multipart", StringComparison.Ordinal))
            draft.ContentType = "multipart/form-data; boundary=x";
        return what;
    }

    private static string TwistMethod(RequestDraft draft, Random random)
    {
        draft.Method = Methods[random.Next(Methods.Length)];
        return $"method {draft.Method}";
    }

    private static string TwistPath(RequestDraft draft, Random random)
    {
        draft.PathEnd = PathEnds[random.Next(PathEnds.Length)];
        return $"path ends with {draft.PathEnd}";
    }

    private static string TwistCookie(RequestDraft draft, Random random)
    {
        var name = CookieNames[random.Next(CookieNames.Length)];
        var value = Separators().Replace(NastyValues.Next(random, 3_000), "");
        draft.Cookies = random.Next(2) == 0 ? $"{name}={value}" : $"{draft.Cookies}; {name}={value}";
        return $"cookie {name} = {value}";
    }

    private static string TwistFields(RequestDraft draft, Random random)
    {
        if (random.Next(3) == 0)
        {
            for (var number = 0; number < 1_100; number++)
                draft.Form.Add(($"field{number}", "x"));
            return "1,100 more fields";
        }

        string[] sensitive = ["OrganizationId", "organization", "IsOperator", "IsAdmin", "Id", "Version", "Status", "Person.Id", "role", "roles", "Membership.OrganizationId", "Verified", "__proto__", "constructor", "_method", "handler"];
        var name = sensitive[random.Next(sensitive.Length)];
        var value = NastyValues.Next(random, 300);
        (random.Next(2) == 0 ? draft.Form : draft.Query).Add((name, value));
        return $"planted field {name} = {value}";
    }

    [GeneratedRegex("[;,\\s]", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();
}
