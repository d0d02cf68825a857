using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Features.ContactAddress;

/// <summary>What a member types about the address for mail: a new one, or the code that came by mail.</summary>
public sealed class ContactAddressForm
{
    [StringLength(254, ErrorMessage = "Form.TooLong")]
    public string? Address { get; set; }

    [StringLength(20, ErrorMessage = "Form.TooLong")]
    public string? Code { get; set; }
}
