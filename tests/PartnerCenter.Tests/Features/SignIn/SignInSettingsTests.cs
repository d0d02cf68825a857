using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class SignInSettingsTests
{
    private const string Tenant = "aaaaaaaa-2222-4333-8444-555555555555";
    private const string Account = "bbbbbbbb-2222-4333-8444-555555555555";

    [Fact]
    public void Without_settings_there_is_no_provider() => Assert.Empty(Read("Production").All);

    [Fact]
    public void Entra_needs_a_client_and_no_more()
    {
        var provider = Assert.Single(Read("Production", ("Kind", "Entra"), ("ClientId", "portal")).All);

        Assert.Equal("https://login.microsoftonline.com/organizations/v2.0", provider.Authority);
        Assert.Equal(["openid", "profile", "email"], provider.Scopes);
        Assert.Equal("/signin-oidc", provider.CallbackPath);
        Assert.Equal("https://login.microsoftonline.com", provider.Origin);
    }

    [Fact]
    public void A_first_administrator_is_an_account_and_not_an_address()
    {
        var first = Assert.Single(ReadAll(
            ("Providers:entra:Kind", "Entra"),
            ("Providers:entra:ClientId", "portal"),
            ("FirstAdministrators:alpine-cloud:Provider", "entra"),
            ("FirstAdministrators:alpine-cloud:Tenant", Tenant.ToUpperInvariant()),
            ("FirstAdministrators:alpine-cloud:Subject", Account)).FirstAdministrators);

        Assert.True(first.Names(new ProvenIdentity("https://issuer.example", Account) { Tenant = Tenant }, "entra"));
        Assert.False(first.Names(new ProvenIdentity("https://issuer.example", Account) { Tenant = Account }, "entra"));
        Assert.False(first.Names(new ProvenIdentity("https://issuer.example", Tenant) { Tenant = Tenant }, "entra"));
        Assert.False(first.Names(new ProvenIdentity("https://issuer.example", Account) { Tenant = Tenant }, "house-id"));
    }

    [Theory]
    [InlineData("Provider is ''", "Subject=" + Account)]
    [InlineData("Provider is 'nobody'", "Provider=nobody", "Subject=" + Account)]
    [InlineData("Subject is missing", "Provider=entra", "Tenant=" + Tenant)]
    [InlineData("by their ids", "Provider=entra", "Subject=" + Account)]
    [InlineData("by their ids", "Provider=entra", "Tenant=contoso.example", "Subject=" + Account)]
    [InlineData("by their ids", "Provider=entra", "Tenant=" + Tenant, "Subject=anna@contoso.example")]
    public void A_first_administrator_who_is_no_account_stops_the_start_with_a_sentence(string sentence, params string[] settings)
    {
        var fault = Assert.Throws<StartupException>(() => ReadAll(
        [
            ("Providers:entra:Kind", "Entra"),
            ("Providers:entra:ClientId", "portal"),
            .. settings.Select(setting => ($"FirstAdministrators:alpine-cloud:{setting[..setting.IndexOf('=')]}", setting[(setting.IndexOf('=') + 1)..])),
        ]));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entra_is_set_up_once_because_it_serves_all_tenants() => Assert.Contains(
        "more than one",
        Assert.Throws<StartupException>(() => ReadAll(
            ("Providers:one:Kind", "Entra"), ("Providers:one:ClientId", "portal"), ("Providers:two:Kind", "Entra"), ("Providers:two:ClientId", "portal"))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Authority must be", "Authority=", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=http://id.example", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=http://localhost:9", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=https://user@id.example", "ClientId=portal")]
    [InlineData("Authority must be", "Authority=id.example", "ClientId=portal")]
    [InlineData("ClientId is missing", "Authority=https://id.example")]
    [InlineData("Scopes must contain", "Authority=https://id.example", "ClientId=portal", "Scopes=email")]
    [InlineData("Kind is", "Authority=https://id.example", "ClientId=portal", "Kind=Saml")]
    [InlineData("on one of the hosts", "Kind=Entra", "ClientId=portal", "Authority=https://login.evil.example/organizations/v2.0")]
    public void A_provider_that_cannot_work_stops_the_start_with_a_sentence(string sentence, params string[] settings)
    {
        var pairs = settings.Select(setting => (setting[..setting.IndexOf('=')], setting[(setting.IndexOf('=') + 1)..])).ToArray();

        var fault = Assert.Throws<StartupException>(() => Read("Production", pairs));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_provider_can_have_the_key_of_the_portal_s_own_accounts() => Assert.Contains(
        "stands for accounts of the portal itself",
        Assert.Throws<StartupException>(() => ReadAll(("Providers:local:Authority", "https://id.example"), ("Providers:local:ClientId", "portal"))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false, "Demo=true")]
    [InlineData(false, "SignIn:Providers:house:ClientId=portal")]
    [InlineData(false, "SignIn:LocalAccounts=false")]
    [InlineData(true, "SignIn:LocalAccounts=true", "Demo=true", "SignIn:Providers:house:ClientId=portal")]
    public void Passwords_of_the_portal_are_taken_where_nobody_could_sign_in_otherwise_or_where_somebody_says_so(bool isOn, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();

        Assert.Equal(new LocalSignInSettings(isOn, NeedsHttps: true), LocalSignInSettings.Read(configuration, new HostingEnvironment { EnvironmentName = "Production" }));
        Assert.Equal(new LocalSignInSettings(isOn, NeedsHttps: false), LocalSignInSettings.Read(configuration, new HostingEnvironment { EnvironmentName = "Development" }));
    }

    private static SignInProviders Read(string environment, params (string Name, string Value)[] settings) =>
        ReadIn(environment, settings.Select(setting => ($"Providers:house-id:{setting.Name}", setting.Value)));

    private static SignInProviders ReadAll(params (string Name, string Value)[] settings) => ReadIn("Production", settings);

    private static SignInProviders ReadIn(string environment, IEnumerable<(string Name, string Value)> settings) => SignInProviders.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"SignIn:{setting.Name}", (string?)setting.Value))).Build(),
        new HostingEnvironment { EnvironmentName = environment });
}
