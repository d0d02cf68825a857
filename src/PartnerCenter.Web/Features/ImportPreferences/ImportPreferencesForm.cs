using System.ComponentModel.DataAnnotations;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Web.Shell.Files;

namespace PartnerCenter.Web.Features.ImportPreferences;

/// <summary>A file to look at.</summary>
public sealed class ImportPreferencesForm
{
    [Required(ErrorMessage = "Import.ChooseFile")]
    public IFormFile? File { get; set; }

    /// <returns>What is in the file; null if it is larger than is taken.</returns>
    public Task<byte[]?> ReadAsync(CancellationToken cancellation) => UploadedCsv.ReadAsync(File!, PreferenceCsv.MostBytes, cancellation);
}

/// <summary>The same file again, with what was shown of it: the portal keeps nothing in between.</summary>
public sealed class ConfirmPreferencesForm
{
    /// <summary>The file in base64.</summary>
    [Required]
    public string Content { get; set; } = "";

    [Required]
    public string Fingerprint { get; set; } = "";

    /// <returns>The lines; null if this is no file that was looked at.</returns>
    public IReadOnlyList<PreferenceCsvLine>? Lines() =>
        UploadedCsv.Decode(Content) is { } content && PreferenceCsv.Read(content) is { Fault: null } file ? file.Lines : null;
}
