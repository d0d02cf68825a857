using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Invitations;

/// <summary>What somebody says who accepts.</summary>
public sealed class InvitationForm
{
    /// <summary>The name that others see; asked only of somebody who is new in the portal.</summary>
    [StringLength(Person.LongestName, ErrorMessage = "Form.TooLong")]
    public string? Name { get; set; }
}
