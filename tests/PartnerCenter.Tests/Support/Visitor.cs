using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Net.Http.Headers;

namespace PartnerCenter.Tests.Support;

/// <summary>Somebody with a browser: it keeps cookies, sends forms as they stand on the page, and follows no redirect by itself.</summary>
public sealed class Visitor(HttpClient browser)
{
    public const string TokenField = "__RequestVerificationToken";

    private readonly Dictionary<string, string> _cookies = [];
    private string? _token;

    /// <summary>What the browser would send.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>What the last page put into its forms.</summary>
    public string? Token => _token;

    /// <summary>A second browser that somebody has copied the cookies to.</summary>
    public Visitor Copy()
    {
        var copy = new Visitor(browser);
        foreach (var (name, value) in _cookies)
            copy.Keep(name, value);
        return copy;
    }

    public void Keep(string cookie, string value) => _cookies[cookie] = value;

    public void Forget(string cookie) => _cookies.Remove(cookie);

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Opens a page, whatever its status, and checks its HTML.</summary>
    public async Task<Page> OpenAsync(string address) => await ReadAsync(await GetAsync(address));

    /// <summary>Opens what a script puts into a page.</summary>
    public async Task<Page> OpenPartAsync(string address) => await Page.ReadPartAsync(await GetAsync(address));

    /// <summary>Reads an answer as a page.</summary>
    public async Task<Page> ReadAsync(HttpResponseMessage answer)
    {
        var page = await Page.ReadAsync(answer);
        if (page.FindAll($"input[name={TokenField}]") is [var token, ..])
            _token = token.GetAttribute("value");
        return page;
    }

    /// <summary>Follows a redirect.</summary>
    public Task<Page> FollowAsync(HttpResponseMessage answer) => OpenAsync(answer.LocationOf());

    /// <summary>Presses a button of a form, after having filled in some of its fields.</summary>
    public Task<HttpResponseMessage> PressAsync(IElement button, params (string Name, string? Value)[] typed)
    {
        var pressed = Assert.IsType<IHtmlButtonElement>(button, exactMatch: false);
        var form = Assert.IsType<IHtmlFormElement>(pressed.Form, exactMatch: false);
        var fields = FieldsOf(form).Where(field => typed.All(mine => mine.Name != field.Key)).ToList();
        fields.AddRange(typed.Where(mine => mine.Value is not null).Select(mine => KeyValuePair.Create(mine.Name, mine.Value!)));
        if (!string.IsNullOrEmpty(pressed.Name))
            fields.Add(KeyValuePair.Create(pressed.Name, pressed.Value));

        return SendAsync(new HttpRequestMessage(HttpMethod.Post, pressed.GetAttribute("formaction") ?? form.GetAttribute("action"))
        {
            Content = new FormUrlEncodedContent(fields),
        });
    }

    /// <summary>Presses a button of a form after having chosen a file.</summary>
    public Task<HttpResponseMessage> UploadAsync(IElement button, string field, byte[] file, params (string Name, string Value)[] typed)
    {
        var form = Assert.IsType<IHtmlFormElement>(Assert.IsType<IHtmlButtonElement>(button, exactMatch: false).Form, exactMatch: false);
        Assert.Equal("multipart/form-data", form.GetAttribute("enctype"));
        var content = new MultipartFormDataContent { { new ByteArrayContent(file), field, "people.csv" } };
        foreach (var (name, value) in FieldsOf(form).Where(mine => mine.Key != field && typed.All(other => other.Name != mine.Key)))
            content.Add(new StringContent(value), name);
        foreach (var (name, value) in typed)
            content.Add(new StringContent(value), name);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = content });
    }

    /// <summary>Sends a form that no page offers, with a token that counts.</summary>
    public Task<HttpResponseMessage> ForgeAsync(string address, params (string Name, string Value)[] fields)
    {
        Assert.NotNull(_token);
        return PostWithoutTokenAsync(address, [.. fields, (TokenField, _token)]);
    }

    public Task<HttpResponseMessage> PostWithoutTokenAsync(string address, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
            request.Headers.Add(HeaderNames.Cookie, string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await browser.SendAsync(request);
        foreach (var cookie in answer.CookiesSet())
        {
            // Our clock stands still elsewhere: only a cookie without a value is one that was taken back.
            if (cookie.Value.Length == 0)
                Forget(cookie.Name.ToString());
            else
                Keep(cookie.Name.ToString(), cookie.Value.ToString());
        }

        return answer;
    }

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var field in form.Elements.Where(field => field.HasAttribute("name")))
        {
            var name = field.GetAttribute("name")!;
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } choice:
                    if (choice.IsChecked)
                        yield return KeyValuePair.Create(name, choice.Value);
                    break;
                case IHtmlInputElement { Type: not "submit" } input:
                    yield return KeyValuePair.Create(name, input.Value);
                    break;
                case IHtmlTextAreaElement text:
                    yield return KeyValuePair.Create(name, text.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return KeyValuePair.Create(name, select.Value ?? "");
                    break;
            }
        }
    }
}

/// <summary>What tests ask of an answer.</summary>
public static class Answers
{
    public static IEnumerable<SetCookieHeaderValue> CookiesSet(this HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(HeaderNames.SetCookie, out var values) ? SetCookieHeaderValue.ParseList([.. values]) : [];

    public static string LocationOf(this HttpResponseMessage answer)
    {
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Found, HttpStatusCode.Created });
        return Assert.IsType<Uri>(answer.Headers.Location).ToString();
    }

    /// <summary>A header's value, or null if it is not there.</summary>
    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
