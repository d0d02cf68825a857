using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>A mail server that is not ours and insists on STARTTLS.</summary>
internal sealed class PythonRelay : IDisposable
{
    public const string User = "portal";
    public const string Password = "correct hörse";

    private const string Last = "last";

    private readonly X509Certificate2 _certificate;
    private readonly string _file;
    private readonly PeerProcess _process;

    private PythonRelay(X509Certificate2 certificate, string file, PeerProcess process) => (_certificate, _file, _process) = (certificate, file, process);

    /// <summary>Options that lead here.</summary>
    public SmtpOptions Options { get; private init; } = new();

    /// <summary>A chain policy that trusts its certificate alone.</summary>
    public X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { _certificate },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    /// <param name="certificate">What it shows; it is disposed of with the relay.</param>
    /// <param name="asksForSignIn">Whether nobody gets in without name and password.</param>
    /// <param name="without">The ways to sign in that it does not offer.</param>
    public static async Task<PythonRelay> StartAsync(X509Certificate2 certificate, bool asksForSignIn = false, params string[] without)
    {
        var file = Path.GetTempFileName();
        using (var key = certificate.GetRSAPrivateKey()!)
            await File.WriteAllTextAsync(file, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
        var settings = new { certificate = file, password = Password, signIn = asksForSignIn, without };
        var process = PeerProcess.Start(
            InstalledPeers.Python, Repository.PathOf("tests/PartnerCenter.Tests/Mail/Peers/relay.py"), JsonSerializer.Serialize(settings));
        var port = JsonDocument.Parse(await process.HearAsync()).RootElement.GetProperty("port").GetInt32();
        return new PythonRelay(certificate, file, process)
        {
            Options = new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.StartTls, TimeoutSeconds = 30 },
        };
    }

    /// <summary>Sends a mail over a connection of its own, with all that is written behind it.</summary>
    /// <returns>What came of it, and the steps that the relay let happen.</returns>
    public async Task<(TransportAnswer Answer, IReadOnlyList<RelayStep> Steps)> SendAsync(OutgoingMail mail, SmtpOptions options, X509ChainPolicy? trust)
    {
        TransportAnswer answer;
        await using (var transport = new SmtpTransport(options, trust))
            answer = await transport.SendAsync(mail, CancellationToken.None);
        return (answer, await StepsAsync());
    }

    public void Dispose()
    {
        _process.Dispose();
        File.Delete(_file);
        _certificate.Dispose();
    }

    // A greeting of our own ends what is to be read.
    private async Task<IReadOnlyList<RelayStep>> StepsAsync()
    {
        using (var last = new System.Net.Sockets.TcpClient())
        {
            await last.ConnectAsync("127.0.0.1", Options.Port);
            using var reader = new StreamReader(last.GetStream());
            await reader.ReadLineAsync();
            await last.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"EHLO {Last}\r\n"));
            await reader.ReadLineAsync();
        }

        List<RelayStep> steps = [];
        while (JsonSerializer.Deserialize<RelayStep>(await _process.HearAsync(), JsonSerializerOptions.Web)! is { Host: not Last } step)
            steps.Add(step);
        return steps;
    }
}

/// <summary>What the relay let happen.</summary>
internal sealed record RelayStep(string Step, bool Tls)
{
    public string? Host { get; init; }

    public string? Mechanism { get; init; }

    public bool Right { get; init; }

    public string? By { get; init; }

    public string? Sender { get; init; }

    public IReadOnlyList<string>? To { get; init; }

    public byte[]? Content { get; init; }
}
