using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Features.TwoStepSignIn;

/// <summary>The first code of an app that is being set up.</summary>
public sealed class TwoStepSignInForm
{
    [Required(ErrorMessage = "LocalSignIn.CodeMissing")]
    [StringLength(20, ErrorMessage = "Form.TooLong")]
    public string? Code { get; set; }
}
