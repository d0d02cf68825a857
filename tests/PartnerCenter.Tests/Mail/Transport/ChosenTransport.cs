using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>Which way out of the house the settings lead.</summary>
public sealed class ChosenTransport : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("content-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_relay_that_is_named_is_used()
    {
        Assert.IsType<SmtpTransport>(Transport(options => options.Smtp.Host = "relay.example"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Without_a_relay_mail_goes_to_a_folder_below_the_content_root(string? host)
    {
        var transport = Transport(options => options.Smtp.Host = host);

        var answer = await transport.SendAsync(SampleMail.Plain, CancellationToken.None);

        Assert.True(File.Exists(Path.Combine(_root, "App_Data", "mail", answer.Text)));
    }

    [Fact]
    public async Task An_absolute_folder_stays_what_it_is()
    {
        var elsewhere = Path.Combine(_root, "elsewhere");
        var transport = Transport(options => options.Folder = elsewhere, contentRoot: Path.Combine(_root, "unused"));

        var answer = await transport.SendAsync(SampleMail.Plain, CancellationToken.None);

        Assert.True(File.Exists(Path.Combine(elsewhere, answer.Text)));
    }

    [Fact]
    public void There_is_one_for_all()
    {
        using var provider = Provider(_ => { }, _root);

        Assert.Same(provider.GetRequiredService<IMailTransport>(), provider.GetRequiredService<IMailTransport>());
    }

    private IMailTransport Transport(Action<MailOptions> configure, string? contentRoot = null) =>
        Provider(configure, contentRoot ?? _root).GetRequiredService<IMailTransport>();

    private static ServiceProvider Provider(Action<MailOptions> configure, string contentRoot) =>
        new ServiceCollection()
            .Configure(configure)
            .AddSingleton<IHostEnvironment>(new Host { ContentRootPath = contentRoot })
            .AddMailTransport()
            .BuildServiceProvider();

    private sealed class Host : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "Tests";

        public required string ContentRootPath { get; set; }

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
