using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

/// <summary>A test in the browser. It fails as well when a page that it opened logs an error, such as a breach of the content security policy.</summary>
[Collection(nameof(OnePortalOneBrowser))]
public abstract class BrowserTest(PortalInBrowser portal) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentDictionary<string, bool> _documents = [];

    protected PortalInBrowser Portal => portal;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.DisposeAsync();
        Assert.True(_faults.IsEmpty, $"The pages logged errors:\n{string.Join('\n', _faults)}");
    }

    protected async Task<IPage> Visit(Window? window = null) => await NewPageIn(await portal.NewWindow(window));

    protected async Task<IPage> SignInAs(string person, Window? window = null) => await NewPageIn(await portal.NewWindowOf(person, window));

    protected async Task<IPage> Open(Sight sight, Window? window = null)
    {
        // The demo's mails are sent while the portal is starting.
        await portal.Mails.WaitForAny();
        var page = sight.Person is null ? await Visit(window) : await SignInAs(sight.Person, window);
        await sight.Open(page);
        // What a sight waits for can be there before the style sheet is: such a page would be measured without its looks.
        await page.Settled();
        return page;
    }

    private async Task<IPage> NewPageIn(IBrowserContext context)
    {
        _contexts.Add(context);
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _faults.Enqueue($"{page.Url}: {error}");
        page.Response += (_, response) => Note(response);
        page.Console += (_, message) => Note(page, message);
        return page;
    }

    // The browser logs an error for a page that is answered with 404, too; tests open such pages on purpose.
    private void Note(IResponse response)
    {
        if (response.Request.IsNavigationRequest)
            _documents[response.Url] = true;
        if (response.Status >= (int)HttpStatusCode.InternalServerError)
            _faults.Enqueue($"{response.Url}: {response.Status}");
    }

    private void Note(IPage page, IConsoleMessage message)
    {
        if (message.Type is not ("error" or "warning"))
            return;

        var isAboutDocument = _documents.Keys.Any(document => message.Location.StartsWith($"{document}:", StringComparison.Ordinal));
        if (!isAboutDocument || !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            _faults.Enqueue($"{page.Url}: {message.Text}");
    }
}
