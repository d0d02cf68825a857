using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Features.ForgottenPassword;

/// <summary>Whose password is forgotten.</summary>
public sealed class ForgottenPasswordForm
{
    [Required(ErrorMessage = "LocalSignIn.AddressMissing")]
    [StringLength(254, ErrorMessage = "Form.TooLong")]
    public string? Address { get; set; }
}
