using System.Globalization;

namespace PartnerCenter.Mail.Transport;

/// <summary>
/// Puts each mail into a folder, as a file that mail programs open: for development, demonstrations and tests. A mail that is sent twice
/// is there twice, so that doubles can be seen.
/// </summary>
public sealed class FolderTransport(string folder, TimeProvider time) : IMailTransport
{
    public async Task<TransportAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (Answers.Objection(mail, out var content) is { } objection)
            return objection;
        if (cancellation.IsCancellationRequested)
            return TransportOutcome.RelayUnavailable.Because("It was called off.");

        try
        {
            return TransportOutcome.Accepted.Because(await StoreAsync(NameFor(mail), content));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return TransportOutcome.RelayUnavailable.Because(fault.Message);
        }
    }

    private async Task<string> StoreAsync(string name, byte[] content)
    {
        Directory.CreateDirectory(folder);
        for (var n = 1; ; n++)
        {
            var file = $"{name}-{n}.eml";
            if (await TryStoreAsync(Path.Combine(folder, file), content))
                return file;
        }
    }

    // Whoever watches the folder for .eml never sees half a file, and who holds the draft holds the name: a move alone does not do,
    // since two that look for the name at the same moment both find it free, and one overwrites the other.
    private static async Task<bool> TryStoreAsync(string path, byte[] content)
    {
        var draft = $"{path}.part";
        var stream = OpenDraft(draft, path);
        if (stream is null)
            return false;

        var isStored = false;
        try
        {
            await using (stream)
                await stream.WriteAsync(content, CancellationToken.None);
            if (!File.Exists(path))
            {
                File.Move(draft, path);
                isStored = true;
            }
        }
        finally
        {
            if (!isStored)
                File.Delete(draft);
        }

        return isStored;
    }

    private static FileStream? OpenDraft(string draft, string path)
    {
        try
        {
            return new FileStream(draft, FileMode.CreateNew);
        }
        catch (IOException) when (File.Exists(draft) || File.Exists(path))
        {
            return null;
        }
    }

    private string NameFor(OutgoingMail mail)
    {
        var key = mail.MessageId[1..mail.MessageId.IndexOf('@', StringComparison.Ordinal)];
        var safeKey = string.Concat(key.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
        return time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + "-" + safeKey;
    }
}
