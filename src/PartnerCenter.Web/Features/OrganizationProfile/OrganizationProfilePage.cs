using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.OrganizationProfile;

/// <summary>Another name for the organization.</summary>
public sealed class RenameForm
{
    [Required(ErrorMessage = "OrganizationProfile.NameMissing")]
    [StringLength(200, ErrorMessage = "Form.TooLong")]
    public string? Name { get; set; }
}

/// <summary>A location as it is typed.</summary>
public sealed class LocationForm
{
    [Required(ErrorMessage = "OrganizationProfile.NameMissing")]
    [StringLength(200, ErrorMessage = "Form.TooLong")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "OrganizationProfile.CityMissing")]
    [StringLength(200, ErrorMessage = "Form.TooLong")]
    public string? City { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Required(ErrorMessage = "Form.ChooseFromList")]
    public string? Country { get; set; }
}

/// <param name="Organization">The organization.</param>
/// <param name="ActiveMembers">How many people work in it now.</param>
/// <param name="Locations">Where it is.</param>
/// <param name="Form">Its name, or what was typed.</param>
public sealed record OrganizationProfilePage(
    Organization Organization, int ActiveMembers, IReadOnlyList<LocationRow> Locations, RenameForm Form);

/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="City">Its city.</param>
/// <param name="Country">The name of its country.</param>
/// <param name="Grants">How many roles count for it.</param>
public sealed record LocationRow(int Id, string Name, string City, string Country, int Grants);

/// <param name="Id">The location; null for one that is being added.</param>
/// <param name="Grants">How many roles count for it.</param>
/// <param name="Form">How it is, or what was typed.</param>
/// <param name="Countries">The countries to choose from, by name.</param>
public sealed record LocationPage(int? Id, int Grants, LocationForm Form, IReadOnlyList<CountryRow> Countries);

public sealed record CountryRow(string Code, string Name);
