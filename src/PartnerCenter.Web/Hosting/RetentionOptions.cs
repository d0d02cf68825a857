using System.ComponentModel.DataAnnotations;
using PartnerCenter.Data.Privacy;

namespace PartnerCenter.Web.Hosting;

/// <summary>The section <c>Retention</c> of the configuration: for how many days what is kept, as the <see cref="RetentionTable"/> says.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    [Range(1, 3650)]
    public int MailWordsDays { get; set; } = 30;

    [Range(30, 3650)]
    public int MailDays { get; set; } = 400;

    /// <summary>At least as long as the limits on asking look back.</summary>
    [Range(2, 365)]
    public int VerificationDays { get; set; } = 30;

    [Range(30, 3650)]
    public int UnusedFeedDays { get; set; } = 400;

    [Range(1, 365)]
    public int ApiRequestDays { get; set; } = 7;

    /// <param name="setting">A setting of the table; null for what is forgotten as soon as it is of no use.</param>
    public int DaysOf(string? setting) => setting switch
    {
        null => 0,
        RetentionTable.MailWordsDays => MailWordsDays,
        RetentionTable.MailDays => MailDays,
        RetentionTable.VerificationDays => VerificationDays,
        RetentionTable.UnusedFeedDays => UnusedFeedDays,
        RetentionTable.ApiRequestDays => ApiRequestDays,
        _ => throw new ArgumentException($"There is no setting '{setting}'.", nameof(setting)),
    };
}
