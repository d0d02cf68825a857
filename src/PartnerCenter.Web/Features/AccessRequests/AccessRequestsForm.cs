using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Features.AccessRequests;

/// <summary>What the address asks for.</summary>
public sealed class AccessRequestsFilterForm
{
    public AccessRequestState? State { get; set; }

    [Range(1, 1000)]
    public int Page { get; set; } = 1;
}

/// <summary>What somebody says who approves a request.</summary>
public sealed class ApproveForm
{
    /// <summary>The key of the role to grant.</summary>
    public string? Role { get; set; }

    /// <summary>Where it counts; null means in the entire organization.</summary>
    public int? Location { get; set; }

    /// <summary>The last day of the role.</summary>
    public DateOnly? Until { get; set; }

    [StringLength(AccessRequest.LongestReason, ErrorMessage = "Form.TooLong")]
    public string? Comment { get; set; }
}

/// <summary>What somebody says who declines a request.</summary>
public sealed class DenyForm
{
    [Required(ErrorMessage = "Requests.DenyReasonMissing")]
    [StringLength(AccessRequest.LongestReason, ErrorMessage = "Form.TooLong")]
    public string? DenyReason { get; set; }
}
