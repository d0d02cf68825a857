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

    // Whoever watches the folder for .eml never sees half a file: it is written under another name first.
    private async Task<string> StoreAsync(string name, byte[] content)
    {
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            await File.WriteAllBytesAsync(draft, content, CancellationToken.None);
            return Publish(draft, name);
        }
        finally
        {
            // After the move there is nothing left to delete.
            File.Delete(draft);
        }
    }

    private string Publish(string draft, string name)
    {
        for (var n = 1; ; n++)
        {
            var file = $"{name}-{n}.eml";
            var path = Path.Combine(folder, file);
            try
            {
                File.Move(draft, path, overwrite: false);
                return file;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another delivery has that name: take the next number.
            }
        }
    }

    private string NameFor(OutgoingMail mail)
    {
        var key = mail.MessageId[1..mail.MessageId.IndexOf('@', StringComparison.Ordinal)];
        var safeKey = string.Concat(key.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
        return time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + "-" + safeKey;
    }
}
