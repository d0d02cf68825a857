using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Shell.Access;

/// <summary>A password that somebody chooses. Which one can be chosen is the <see cref="Domain.Access.PasswordPolicy"/>'s to say.</summary>
public sealed class NewPasswordForm
{
    [Required(ErrorMessage = "NewPassword.Missing")]
    public string? Password { get; set; }

    /// <summary>Typed once more, because nobody sees what they type.</summary>
    [Compare(nameof(Password), ErrorMessage = "NewPassword.NotTheSame")]
    public string? Repeat { get; set; }
}
