using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Features.MyAccess;

/// <summary>What a member asks for.</summary>
public sealed class AskForAccessForm
{
    /// <summary>The key of a role; empty for whichever role opens the workspace.</summary>
    public string? Role { get; set; }

    public string? Workspace { get; set; }

    [Required(ErrorMessage = "Ask.ReasonMissing")]
    [StringLength(AccessRequest.LongestReason, ErrorMessage = "Form.TooLong")]
    public string? Reason { get; set; }

    /// <summary>The last day on which the role is wanted.</summary>
    public DateOnly? Until { get; set; }
}
