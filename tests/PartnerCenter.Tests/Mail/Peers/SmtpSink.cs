using System.Text;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>Postfix's relay for tests: it takes mails into files, or misbehaves as its options say.</summary>
internal sealed class SmtpSink : IDisposable
{
    private const string Dump = "mail.";

    private readonly DirectoryInfo _folder;
    private readonly PeerProcess _process;

    private SmtpSink(DirectoryInfo folder, PeerProcess process, int port)
    {
        (_folder, _process) = (folder, process);
        Options = new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, TimeoutSeconds = 30 };
    }

    /// <summary>Options that lead here.</summary>
    public SmtpOptions Options { get; }

    public static async Task<SmtpSink> StartAsync(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-sink-");
        var (process, port) = await PeerProcess.StartListeningAsync(
            InstalledPeers.SmtpSink, port => [.. User(folder), "-d", Path.Combine(folder.FullName, Dump), .. options, $"127.0.0.1:{port}", "128"]);
        return new SmtpSink(folder, process, port);
    }

    /// <summary>The mails that it took: to whom, and what it was told after DATA.</summary>
    public IReadOnlyList<(string From, string To, string Content)> Taken() =>
    [
        .. _folder.EnumerateFiles($"{Dump}*").Select(file => Read(File.ReadAllText(file.FullName, Encoding.Latin1))).Where(mail => mail.Content.Length > 0),
    ];

    public void Dispose()
    {
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // It does not run as root, and neither do most test runs.
    private static string[] User(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return [];
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
        return ["-u", "nobody"];
    }

    // It puts lines of its own before the mail: what it heard, and a Received header of three lines.
    private static (string From, string To, string Content) Read(string dump)
    {
        string from = "", to = "";
        var lines = dump.Split('\n');
        var at = 0;
        for (; at < lines.Length && (lines[at].StartsWith("X-", StringComparison.Ordinal) || lines[at].StartsWith("Received:", StringComparison.Ordinal) || lines[at].StartsWith('\t')); at++)
        {
            if (lines[at].StartsWith("X-Mail-Args: ", StringComparison.Ordinal))
                from = lines[at].Split(": ", 2)[1];
            if (lines[at].StartsWith("X-Rcpt-Args: ", StringComparison.Ordinal))
                to += lines[at].Split(": ", 2)[1];
        }

        // And an empty line behind it.
        var content = string.Join("\r\n", lines[at..]);
        return (from, to, content.EndsWith("\r\n\r\n", StringComparison.Ordinal) ? content[..^2] : content);
    }
}
