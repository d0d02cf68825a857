using System.ComponentModel.DataAnnotations;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Welcome;

/// <summary>What a member says on the first visit.</summary>
public sealed class WelcomeForm : MailChoicesForm
{
    /// <summary>Whether mail is to go to another address than the one that the person signs in with.</summary>
    public bool UsesOther { get; set; }

    /// <summary>That other address.</summary>
    [StringLength(254, ErrorMessage = "Form.TooLong")]
    public string? Address { get; set; }
}
