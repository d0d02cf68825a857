using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PartnerCenter.Tests.Support;

/// <summary>A page as a browser would parse it. Opening one checks its HTML, so that every test of a page is also a test of that.</summary>
public sealed class Page
{
    private const int MostFaults = 5;

    private static readonly HtmlParser Parser = new();

    private readonly IHtmlDocument _document;

    private Page(HttpResponseMessage answer, string html)
    {
        Answer = answer;
        Html = html;
        _document = Parser.ParseDocument(html);
    }

    public HttpResponseMessage Answer { get; }

    public HttpStatusCode Status => Answer.StatusCode;

    public string Html { get; }

    public string Title => Clean(_document.Title ?? "");

    public string Heading => TextOf("h1");

    public string Language => _document.DocumentElement.GetAttribute("lang") ?? "";

    /// <summary>What a reader sees of the page's own part, without header and footer.</summary>
    public string Text => TextOf("main");

    public static async Task<Page> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var page = new Page(answer, await answer.Content.ReadAsStringAsync());
        var faults = page.Faults().Take(MostFaults).ToList();
        Assert.True(faults.Count == 0, $"{answer.RequestMessage?.RequestUri}: {string.Join("; ", faults)}");
        return page;
    }

    /// <summary>A part of a page, which has no head or heading of its own.</summary>
    public static async Task<Page> ReadPartAsync(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return new Page(answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A page that no test opened: for the tests of the checks themselves.</summary>
    public static IReadOnlyList<string> FaultsOf(string html)
    {
        using var answer = new HttpResponseMessage();
        return [.. new Page(answer, html).Faults()];
    }

    /// <summary>The one element that a selector names.</summary>
    public IElement Find(string selector)
    {
        var found = FindAll(selector);
        Assert.True(found.Count == 1, $"{Answer.RequestMessage?.RequestUri} has {found.Count} elements for {selector}");
        return found[0];
    }

    public IReadOnlyList<IElement> FindAll(string selector) => [.. _document.QuerySelectorAll(selector)];

    public bool Has(string selector) => FindAll(selector).Count > 0;

    public string TextOf(string selector) => Clean(Find(selector).TextContent);

    public IReadOnlyList<string> TextsOf(string selector) => [.. FindAll(selector).Select(element => Clean(element.TextContent))];

    /// <summary>The button of the form that posts to an address, whatever its query: the page's own, or else the one in its header.</summary>
    public IElement ButtonOf(string action)
    {
        var button = $"{FormTo(action)} button";
        return Find(Has($"main {button}") ? $"main {button}" : button);
    }

    public bool PostsTo(string action) => Has(FormTo(action));

    private static string FormTo(string action) => $"form[method=post]:is([action='{action}'], [action^='{action}?'])";

    private static string Clean(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IEnumerable<string> Faults() =>
    [
        .. HeadingFaults(),
        .. IdFaults(),
        .. NameFaults(),
        .. FormFaults(),
        .. InlineFaults(),
    ];

    private IEnumerable<string> HeadingFaults()
    {
        var headings = TextsOf("h1");
        if (headings is not [{ Length: > 0 } heading])
            yield return $"it has {headings.Count} h1 with text";
        else if (!Title.Contains(heading, StringComparison.Ordinal))
            yield return $"its title '{Title}' does not say '{heading}'";
        if (Language is not ("en" or "nl"))
            yield return $"its language is '{Language}'";
    }

    private IEnumerable<string> IdFaults()
    {
        var ids = FindAll("[id]").Select(element => element.Id!).ToList();
        foreach (var id in ids.GroupBy(id => id).Where(group => group.Count() > 1 || group.Key.Length == 0))
            yield return $"the id '{id.Key}' is there {id.Count()} times";

        var pointers =
            from attribute in new[] { "for", "aria-labelledby", "aria-describedby", "aria-controls" }
            from element in FindAll($"[{attribute}]")
            from id in element.GetAttribute(attribute)!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            select (attribute, id);
        var links = FindAll("a[href^='#']").Select(link => (attribute: "href", id: link.GetAttribute("href")![1..]));
        foreach (var (attribute, id) in pointers.Concat(links).Where(pointer => !ids.Contains(pointer.id)))
            yield return $"{attribute} points to '{id}', which is not there";
    }

    // Whatever somebody can use says what it is, to a screen reader too.
    private IEnumerable<string> NameFaults() => FindAll("input, select, textarea, button, a[href], summary")
        .Where(element => element is not IHtmlInputElement { Type: "hidden" })
        .Where(element => NameOf(element).Length == 0)
        .Select(element => $"no label: {Opening(element)}");

    private string NameOf(IElement element)
    {
        if (element.GetAttribute("aria-labelledby") is { } ids)
            return Clean(string.Join(' ', ids.Split(' ').Select(id => _document.GetElementById(id)?.TextContent)));
        if (element.GetAttribute("aria-label") is { } label)
            return Clean(label);
        return element is IHtmlInputElement or IHtmlSelectElement or IHtmlTextAreaElement
            ? Clean(string.Join(' ', LabelsOf(element).Select(label => label.TextContent)))
            : Clean(element.TextContent);
    }

    private IEnumerable<IElement> LabelsOf(IElement field) => FindAll("label")
        .Where(label => label.GetAttribute("for") is { } id ? id == field.Id : label.Contains(field));

    private IEnumerable<string> FormFaults()
    {
        foreach (var form in FindAll("form").OfType<IHtmlFormElement>())
        {
            if (!form.HasAttribute("action"))
                yield return $"no action: {Opening(form)}";
            if (form.Method == "post" && !IsSealed(form) && form.QuerySelector($"input[name={Visitor.TokenField}][value]:not([value=''])") is null)
                yield return $"no antiforgery token: {Opening(form)}";
            if (form.Method == "get" && form.QuerySelector($"input[name={Visitor.TokenField}]") is not null)
                yield return $"a token that would land in the address: {Opening(form)}";
            if (form.QuerySelector("button[type=submit], button:not([type])") is null)
                yield return $"no button: {Opening(form)}";
        }
    }

    // What is sealed in such an address is what opens it, for mail programs too, which have no token of a page.
    private static bool IsSealed(IHtmlFormElement form) => form.GetAttribute("action")?.StartsWith("/unsubscribe/", StringComparison.Ordinal) == true;

    // The content security policy would switch it off without a word.
    private IEnumerable<string> InlineFaults()
    {
        foreach (var element in FindAll("style, script:not([src]), [style], [href^='javascript:']"))
            yield return $"inline: {Opening(element)}";
        foreach (var element in FindAll("*").Where(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal))))
            yield return $"a handler: {Opening(element)}";
    }

    private static string Opening(IElement element) => element.OuterHtml[..(element.OuterHtml.IndexOf('>', StringComparison.Ordinal) + 1)];
}
