using System.Text.Json;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>Reads mails as Python's <c>email</c> package does.</summary>
internal sealed class PythonReader : IDisposable
{
    private readonly PeerProcess _process = PeerProcess.Start(
        InstalledPeers.Python, Repository.PathOf("tests/PartnerCenter.Tests/Mail/Peers/read_mail.py"));

    public async Task<MailAsRead> ReadAsync(byte[] content)
    {
        await _process.TellAsync(Convert.ToBase64String(content));
        return JsonSerializer.Deserialize<MailAsRead>(await _process.HearAsync(), JsonSerializerOptions.Web)!;
    }

    public void Dispose() => _process.Dispose();
}

/// <summary>A mail as somebody else understands it.</summary>
internal sealed record MailAsRead
{
    /// <summary>Name and value of each, in order.</summary>
    public required IReadOnlyList<string[]> Headers { get; init; }

    /// <summary>Name and address of each sender.</summary>
    public required IReadOnlyList<string[]> From { get; init; }

    public required IReadOnlyList<string[]> To { get; init; }

    /// <summary>Whoever else is named as one who gets or answers for it.</summary>
    public required IReadOnlyList<string[]> Others { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Type, character set and disposition of each.</summary>
    public required IReadOnlyList<string?[]> Parts { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required IReadOnlyList<string> Defects { get; init; }

    public string this[string header] => Assert.Single(Headers, each => each[0] == header)[1];
}
