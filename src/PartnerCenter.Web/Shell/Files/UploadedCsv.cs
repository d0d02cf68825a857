namespace PartnerCenter.Web.Shell.Files;

/// <summary>
/// A file that somebody looks at before it is imported. The portal keeps nothing in between: the file comes back with the confirmation,
/// in base64, because a browser would change the line breaks of a text.
/// </summary>
public static class UploadedCsv
{
    /// <returns>What is in the file; null if it is larger than is taken.</returns>
    public static async Task<byte[]?> ReadAsync(IFormFile file, int mostBytes, CancellationToken cancellation)
    {
        if (file.Length > mostBytes)
            return null;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    /// <returns>What was in the file; null if this is none that came back.</returns>
    public static byte[]? Decode(string content)
    {
        var bytes = new byte[(content.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(content, bytes, out var length) ? bytes[..length] : null;
    }
}
