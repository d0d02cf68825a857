using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Tests.Support;

/// <summary>The portal with an identity provider that really runs, in three roles: Entra ID with its tenants, a house of its own, and another one.</summary>
public class ProviderApp : PortalApp
{
    public const string Generic = "house-id";
    public const string Entra = "entra";
    public const string Other = "other";

    /// <summary>The name of the session's cookie.</summary>
    public const string Session = "pc";

    /// <summary>Whose tenant it is.</summary>
    public const string Organization = "alpine-cloud";

    public ProviderApp() => Provider = new LoopbackProvider(Clock);

    public LoopbackProvider Provider { get; }

    /// <summary>Whom the provider vouches for, unless a test says otherwise.</summary>
    public int Somebody { get; private set; }

    /// <summary>Takes a visitor to the provider, where nobody follows redirects either.</summary>
    public HttpClient Browser { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static async Task AssertRefusedAsync(Visitor visitor, HttpResponseMessage answer, HttpStatusCode status, string sentence)
    {
        var page = await visitor.ReadAsync(answer);
        Assert.Equal(status, page.Status);
        Assert.Equal("You are not signed in", page.Heading);
        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Session, visitor.Cookies.Keys);
        Assert.DoesNotContain(answer.CookiesSet(), cookie => cookie.Name == Session && cookie.Value.Length > 0);
    }

    /// <summary>Goes the whole round, up to the portal's answer.</summary>
    /// <param name="visitor">Who.</param>
    /// <param name="provider">The key of a provider.</param>
    public async Task<HttpResponseMessage> SignInWithAsync(Visitor visitor, string provider) =>
        await visitor.GetAsync(await AuthorizeAsync(visitor, provider));

    /// <summary>Goes to the provider, which lets everybody in, and back to our doorstep.</summary>
    /// <returns>The address of the answer, which is not asked for yet.</returns>
    public async Task<string> AuthorizeAsync(Visitor visitor, string keyOrAddress, bool isAddress = false)
    {
        var challenge = await visitor.GetAsync(isAddress ? keyOrAddress : $"/sign-in/{keyOrAddress}");
        return (await Browser.GetAsync(new Uri(challenge.LocationOf()))).LocationOf();
    }

    public Task<int> PersonOfAsync(Visitor visitor)
    {
        var hash = Secret.Hash(visitor.Cookies[Session]);
        return InDatabaseAsync(db => db.Sessions.Where(session => session.IdHash == hash).Select(session => session.PersonId).SingleAsync());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
        Browser.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("SignIn:TimeoutSeconds", "2");
        Configure(builder, Generic, Provider.Address);
        builder.UseSetting($"SignIn:Providers:{Generic}:Name", "House ID");
        Configure(builder, Other, $"{Provider.Address}/other");
        Configure(builder, Entra, $"{Provider.Address}/organizations/v2.0");
        builder.UseSetting($"SignIn:Providers:{Entra}:Kind", "Entra");
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);
        using var scope = host.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var somebody = new Person("Somebody", "somebody@partner.example");
        db.Add(new ExternalIdentity(Provider.Issuer, LoopbackProvider.Subject, somebody, Clock.Now));
        db.Add(new ExternalIdentity(Provider.TenantIssuer, LoopbackProvider.ObjectId, somebody, Clock.Now));
        db.Add(new TrustedTenant(Guid.Parse(LoopbackProvider.Tenant), db.Organizations.Single(organization => organization.Key == Organization), Clock.Now));
        db.SaveChangesAsync().GetAwaiter().GetResult();
        Somebody = somebody.Id;
        return host;
    }

    private static void Configure(IWebHostBuilder builder, string key, string authority)
    {
        builder.UseSetting($"SignIn:Providers:{key}:Authority", authority);
        builder.UseSetting($"SignIn:Providers:{key}:ClientId", LoopbackProvider.Client);
        builder.UseSetting($"SignIn:Providers:{key}:ClientSecret", LoopbackProvider.Secret);
    }
}
