using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class SignInLogTests(SignInLogTests.App app) : IClassFixture<SignInLogTests.App>
{
    [Fact]
    public async Task Who_signed_in_by_which_provider_is_logged_and_why_somebody_did_not()
    {
        var (visitor, refused) = (app.Visit(), app.Visit());
        var way = await app.AuthorizeAsync(visitor, ProviderApp.Generic);

        await visitor.GetAsync(way);
        await refused.GetAsync(way);

        var scheme = $"SignIn:{ProviderApp.Generic}";
        var lines = app.Log.Of<OpenIdHandler>();
        Assert.Contains($"Person {app.Somebody} signed in by {scheme}", lines);
        Assert.Contains($"Sign-in by {scheme} was refused: WrongRound, state, correlation or code is missing or wrong", lines);
        string[] secrets = [.. QueryHelpers.ParseQuery(new Uri(way).Query).Values.Select(value => $"{value}"), LoopbackProvider.Subject, visitor.Cookies[ProviderApp.Session]];
        Assert.All(secrets, secret => Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    public sealed class App : ProviderApp
    {
        public LogBook Log { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(Log));
        }
    }
}
