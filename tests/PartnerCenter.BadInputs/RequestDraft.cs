using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace PartnerCenter.BadInputs;

/// <summary>A request while it is being made.</summary>
internal sealed class RequestDraft(string method, string token, string cookies)
{
    private const string TokenField = "__RequestVerificationToken";

    public string Method { get; set; } = method;

    public string? Token { get; set; } = token;

    public string Cookies { get; set; } = cookies;

    public Dictionary<string, string> RouteValues { get; } = [];

    public List<(string Name, string Value)> Query { get; } = [];

    public List<(string Name, string Value)> Form { get; } = [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public List<(string Name, string FileName, byte[] Content)> Files { get; } = [];

    public string? Json { get; set; }

    /// <summary>The body to the byte, in the place of what form, files and JSON would make.</summary>
    public byte[]? Raw { get; set; }

    public string? ContentType { get; set; }

    public string PathEnd { get; set; } = "";

    public HttpRequestMessage ToRequest(Uri portal, string template, string key)
    {
        var path = template;
        foreach (var (name, value) in RouteValues)
            path = Regex.Replace(path, $@"\{{\**{name}(:[a-z]+)?\}}", _ => Escape(value), RegexOptions.None, TimeSpan.FromSeconds(1));
        var query = string.Join('&', Query.Select(field => $"{Escape(field.Name)}={Escape(field.Value)}"));
        var address = path + PathEnd + (query.Length == 0 ? "" : (PathEnd.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query);

        // As it stands: the client must not tidy up what is untidy on purpose.
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri($"http://{portal.Authority}{address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var (name, value) in Headers)
            Plant(request.Headers, name, value);
        if (key.Length > 0 && !Headers.Exists(header => header.Name == "Authorization"))
            Plant(request.Headers, "Authorization", $"Bearer {key}");
        if (Cookies.Length > 0 && !Headers.Exists(header => header.Name == "Cookie"))
            Plant(request.Headers, "Cookie", Cookies);

        request.Content = Method is "TRACE" ? null : Content();
        if (request.Content is not null && ContentType is not null)
        {
            request.Content.Headers.Remove("Content-Type");
            Plant(request.Content.Headers, "Content-Type", ContentType);
        }

        return request;
    }

    private HttpContent? Content()
    {
        if (Raw is not null)
            return new ByteArrayContent(Raw) { Headers = { ContentType = new(Json is null ? "application/x-www-form-urlencoded" : "application/json") } };
        if (Json is not null)
            return new ByteArrayContent(Encoding.UTF8.GetBytes(Json)) { Headers = { ContentType = new("application/json") } };
        if (Method is "GET" or "HEAD" && Form.Count == 0 && Files.Count == 0)
            return null;

        var fields = Token is null ? Form : [.. Form, (TokenField, Token)];
        if (Files.Count == 0)
            return new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{Escape(field.Name)}={Escape(field.Value)}"))))
            {
                Headers = { ContentType = new("application/x-www-form-urlencoded") },
            };

        var parts = new MultipartFormDataContent("a-boundary");
        foreach (var (name, value) in fields)
            parts.Add(Part(Encoding.UTF8.GetBytes(value), $"form-data; name=\"{Quoted(name)}\""));
        foreach (var (name, fileName, content) in Files)
            parts.Add(Part(content, $"form-data; name=\"{Quoted(name)}\"; filename=\"{Quoted(fileName)}\""));
        return parts;
    }

    private static ByteArrayContent Part(byte[] content, string disposition)
    {
        var part = new ByteArrayContent(content);
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        return part;
    }

    private static string Quoted(string text) => string.Concat(text.Where(character => character is not ('\r' or '\n' or '"' or '\0')));

    // What no header can carry never reaches the portal: the client, and every server, refuse it.
    private static void Plant(HttpHeaders headers, string name, string value) =>
        headers.TryAddWithoutValidation(name, string.Concat(value.Where(character => character is not ('\r' or '\n' or '\0') && !char.IsSurrogate(character))));

    // Half a pair of surrogates goes as the bytes that it would have, which are no UTF-8; everything else as it should.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            escaped.Append(rune == Rune.ReplacementChar ? "%ED%A0%80" : Uri.EscapeDataString(rune.ToString()));
        return escaped.ToString();
    }
}
