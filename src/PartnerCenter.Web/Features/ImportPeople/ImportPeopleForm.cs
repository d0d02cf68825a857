using System.ComponentModel.DataAnnotations;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Shell.Files;

namespace PartnerCenter.Web.Features.ImportPeople;

/// <summary>A file to look at.</summary>
public sealed class ImportPeopleForm
{
    [Required(ErrorMessage = "Import.ChooseFile")]
    public IFormFile? File { get; set; }

    [Required(ErrorMessage = "Form.ChooseFromList")]
    [RegularExpression($"{Languages.English}|{Languages.Dutch}", ErrorMessage = "Form.ChooseFromList")]
    public string Language { get; set; } = Languages.Default;

    /// <returns>What is in the file; null if it is larger than is taken.</returns>
    public Task<byte[]?> ReadAsync(CancellationToken cancellation) => UploadedCsv.ReadAsync(File!, MemberCsv.MostBytes, cancellation);
}

/// <summary>The same file again, with what was shown of it: the portal keeps nothing in between.</summary>
public sealed class ConfirmImportForm
{
    /// <summary>The file in base64.</summary>
    [Required]
    public string Content { get; set; } = "";

    [Required]
    public string Fingerprint { get; set; } = "";

    [Required]
    [RegularExpression($"{Languages.English}|{Languages.Dutch}")]
    public string Language { get; set; } = Languages.Default;

    /// <returns>The lines; null if this is no file that was looked at.</returns>
    public IReadOnlyList<MemberCsvLine>? Lines() =>
        UploadedCsv.Decode(Content) is { } content && MemberCsv.Read(content) is { Fault: null } file ? file.Lines : null;
}
