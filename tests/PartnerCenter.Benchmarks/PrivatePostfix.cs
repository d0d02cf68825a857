using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Benchmarks;

/// <summary>
/// A Postfix of our own, beside whatever Postfix the machine has: with its own configuration, queue and port, and all that it takes goes
/// nowhere. It needs the package <c>postfix</c>, and root, as any Postfix does.
/// </summary>
internal sealed class PrivatePostfix : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";
    private const string Client = "/usr/sbin/smtp-source";

    private static readonly string[] Services =
    [
        "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce",
        "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "proxymap unix - - n - - proxymap", "error unix - - n - - error",
        "retry unix - - n - - error", "discard unix - - n - - discard", "anvil unix - - n - 1 anvil",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("partnercenter-postfix-").FullName;

    private PrivatePostfix(int port) => Options = new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None };

    /// <summary>Options that lead here.</summary>
    public SmtpOptions Options { get; }

    /// <summary>Why there can be none; null where there can.</summary>
    public static string? WhyNot =>
        !File.Exists(Program) || !File.Exists(Client) ? $"there is no {Program} here (Debian: apt-get install postfix)"
        : !Environment.IsPrivilegedProcess ? "Postfix wants to be started by root"
        : null;

    private string Queue => Path.Combine(_folder, "queue");

    public static async Task<PrivatePostfix> StartAsync()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        var postfix = new PrivatePostfix(port);
        await postfix.ConfigureAsync(port);
        await RunAsync(Program, "-c", postfix._folder, "start");
        while (!await postfix.ListensAsync())
            await Task.Delay(50);
        return postfix;
    }

    /// <summary>Sends a mail so often over one connection with Postfix's own client.</summary>
    /// <returns>Mails in a second.</returns>
    public async Task<double> SourceAsync(byte[] content, int count)
    {
        var file = Path.Combine(_folder, "mail");
        await File.WriteAllTextAsync(file, System.Text.Encoding.ASCII.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal));
        var milliseconds = await Stopwatches.TimeAsync(() => RunAsync(
            Client, "-d", "-s", "1", "-m", $"{count}", "-F", file, "-M", "localhost", "-f", "notices@partnercenter.example", "-t", "anna@contoso.example", $"127.0.0.1:{Options.Port}"));
        return count / milliseconds * 1000;
    }

    /// <summary>Waits until it has done with what it took.</summary>
    public async Task RestAsync()
    {
        while (new[] { "incoming", "active", "deferred" }.Any(queue => Directory.EnumerateFiles(Path.Combine(Queue, queue), "*", SearchOption.AllDirectories).Any()))
            await Task.Delay(50);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(Program, "-c", _folder, "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
    }

    private async Task ConfigureAsync(int port)
    {
        var data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(Queue);
        Directory.CreateDirectory(data);
        // Its daemons are not root.
        await RunAsync("chmod", "755", _folder, Queue);
        await RunAsync("chown", "postfix", data);
        await File.WriteAllTextAsync(Path.Combine(_folder, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {Queue}
            data_directory = {data}
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = peer.example
            mydestination =
            alias_maps =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_client_restrictions =
            smtpd_peername_lookup = no
            default_transport = discard
            relay_transport = discard

            """);
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "master.cf"),
            [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port} inet n - n - - smtpd"), .. Services]);
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Options.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
