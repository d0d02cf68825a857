namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>Mail programs of others that ours must get on with: nobody proves by a peer of their own making that it speaks as the world does.</summary>
public enum Peer
{
    /// <summary>Postfix's relay for tests.</summary>
    SmtpSink,

    /// <summary>Python's mail server, with STARTTLS and sign-in.</summary>
    PythonRelay,

    /// <summary>Python's reader of mails.</summary>
    PythonReader,
}

/// <summary>Which of them this machine has. Nothing is downloaded: where one is missing, its tests say so and are skipped.</summary>
internal static class InstalledPeers
{
    /// <summary>Debian's own: another Python does not find Debian's packages.</summary>
    public const string Python = "/usr/bin/python3";

    public const string SmtpSink = "/usr/sbin/smtp-sink";

    private const string MailServer = "/usr/lib/python3/dist-packages/aiosmtpd";

    /// <summary>Why a test with this peer cannot run here; null where it can.</summary>
    public static string? WhyNot(Peer peer) => peer switch
    {
        Peer.SmtpSink => File.Exists(SmtpSink) ? null : Missing(SmtpSink, "postfix"),
        Peer.PythonRelay => WhyNot(Peer.PythonReader) ?? (Directory.Exists(MailServer) ? null : Missing(MailServer, "python3-aiosmtpd")),
        Peer.PythonReader => File.Exists(Python) ? null : Missing(Python, "python3"),
        _ => throw new ArgumentOutOfRangeException(nameof(peer)),
    };

    private static string Missing(string file, string package) => $"There is no {file} here (Debian: apt-get install {package}).";
}

/// <summary>A fact that needs a mail program of others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(Peer peer)
    {
        Peer = peer;
        Skip = InstalledPeers.WhyNot(peer);
    }

    public Peer Peer { get; }
}

/// <summary>A theory that needs a mail program of others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(Peer peer)
    {
        Peer = peer;
        Skip = InstalledPeers.WhyNot(peer);
    }

    public Peer Peer { get; }
}
