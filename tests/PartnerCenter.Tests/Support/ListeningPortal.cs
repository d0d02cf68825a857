namespace PartnerCenter.Tests.Support;

/// <summary>The portal on a socket of its own, for what only a real server does.</summary>
public class ListeningPortal : PortalApp
{
    public ListeningPortal()
    {
        UseKestrel(0);
        StartServer();
    }

    public override Visitor Visit(string portal = "http://localhost")
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = ClientOptions.BaseAddress };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return new Visitor(browser);
    }
}
