using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class SignInSettingsTests
{
    private const string Tenant = "Tenants:11111111-2222-4333-8444-555555555555";

    [Fact]
    public void Without_settings_there_is_no_provider() => Assert.Empty(Read("Production").All);

    [Fact]
    public void Entra_needs_a_client_and_its_tenants_and_no_more()
    {
        var provider = Assert.Single(Read("Production", ("Kind", "Entra"), ("ClientId", "portal"), (Tenant, "one.example;two.example")).All);

        Assert.Equal("https://login.microsoftonline.com/organizations/v2.0", provider.Authority);
        Assert.Equal(["openid", "profile", "email"], provider.Scopes);
        Assert.True(provider.SpeaksFor("anna@TWO.example", "11111111-2222-4333-8444-555555555555"));
        Assert.False(provider.SpeaksFor("anna@three.example", "11111111-2222-4333-8444-555555555555"));
        Assert.False(provider.SpeaksFor("anna@sub.two.example", "11111111-2222-4333-8444-555555555555"));
        Assert.False(provider.SpeaksFor("anna@two.example", "99999999-2222-4333-8444-555555555555"));
    }

    [Theory]
    [InlineData("Authority must be", "Authority=", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=http://id.example", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=http://localhost:9", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=https://user@id.example", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=id.example", "ClientId=portal")]
    [InlineData("ClientId is missing", "Authority=https://id.example")]
    [InlineData("Scopes must contain", "Authority=https://id.example", "ClientId=portal", "Scopes=email")]
    [InlineData("Kind is", "Authority=https://id.example", "ClientId=portal", "Kind=Saml")]
    [InlineData("Tenants is for", "Authority=https://id.example", "ClientId=portal", Tenant + "=one.example")]
    [InlineData("Tenants must name", "Kind=Entra", "ClientId=portal")]
    [InlineData("Tenants must name", "Kind=Entra", "ClientId=portal", "Tenants:contoso=one.example")]
    [InlineData("Tenants must say", "Kind=Entra", "ClientId=portal", Tenant + "=*")]
    [InlineData("Tenants must say", "Kind=Entra", "ClientId=portal", Tenant + "=one.example", "AddressDomains=two.example")]
    [InlineData("on one of the hosts", "Kind=Entra", "ClientId=portal", Tenant + "=one.example", "Authority=https://login.evil.example/organizations/v2.0")]
    public void A_provider_that_cannot_work_stops_the_start_with_a_sentence(string sentence, params string[] settings)
    {
        var pairs = settings.Select(setting => (setting[..setting.IndexOf('=')], setting[(setting.IndexOf('=') + 1)..])).ToArray();

        var fault = Assert.Throws<StartupException>(() => Read("Production", pairs));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    private static SignInProviders Read(string environment, params (string Name, string Value)[] settings) => SignInProviders.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"SignIn:Providers:house-id:{setting.Name}", (string?)setting.Value)))
            .Build(),
        new HostingEnvironment { EnvironmentName = environment });
}
