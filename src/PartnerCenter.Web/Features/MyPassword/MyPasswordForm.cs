using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Features.MyPassword;

/// <summary>The password of now, and the one to be.</summary>
public sealed class MyPasswordForm
{
    [Required(ErrorMessage = "MyPassword.CurrentMissing")]
    public string? Current { get; set; }

    [Required(ErrorMessage = "NewPassword.Missing")]
    public string? Password { get; set; }

    [Compare(nameof(Password), ErrorMessage = "NewPassword.NotTheSame")]
    public string? Repeat { get; set; }
}
