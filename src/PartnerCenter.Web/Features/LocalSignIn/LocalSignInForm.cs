using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Features.LocalSignIn;

/// <summary>What somebody types to sign in.</summary>
public sealed class LocalSignInForm
{
    [Required(ErrorMessage = "LocalSignIn.AddressMissing")]
    [StringLength(254, ErrorMessage = "Form.TooLong")]
    public string? Address { get; set; }

    [Required(ErrorMessage = "LocalSignIn.PasswordMissing")]
    public string? Password { get; set; }

    public string? ReturnUrl { get; set; }
}

/// <summary>The code of the second step.</summary>
public sealed class CodeForm
{
    [Required(ErrorMessage = "LocalSignIn.CodeMissing")]
    [StringLength(40, ErrorMessage = "Form.TooLong")]
    public string? Code { get; set; }

    /// <summary>What shows that the first step was passed.</summary>
    public string? Ticket { get; set; }

    public string? ReturnUrl { get; set; }
}
