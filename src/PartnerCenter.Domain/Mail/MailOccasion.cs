namespace PartnerCenter.Domain.Mail;

/// <summary>What gives rise to a mail. A reminder's occasion is the key of its <see cref="Communications.ReminderStage"/>.</summary>
public static class MailOccasion
{
    /// <summary>It was published.</summary>
    public const string Published = "published";

    /// <summary>Nobody who was addressed first has read it.</summary>
    public const string Escalated = "escalated";

    /// <summary>Somebody has forgotten their password.</summary>
    public const string PasswordReset = "password-reset";
}
