using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.MyProfile;

/// <param name="Person">Whose profile it is.</param>
/// <param name="Form">The name as it was typed.</param>
/// <param name="Directories">What the person is in each directory.</param>
public sealed record MyProfilePage(Person Person, NameForm Form, IReadOnlyList<ProfileDirectoryRow> Directories);

/// <param name="Organization">Where.</param>
/// <param name="JobTitle">What the person does there, if they said.</param>
/// <param name="JoinedAt">Since when, in UTC.</param>
/// <param name="Roles">The keys of the roles that count now.</param>
/// <param name="HasOwnAccounts">Whether one can sign in there with an account of the organization's own tenant.</param>
public sealed record ProfileDirectoryRow(Organization Organization, string? JobTitle, DateTime JoinedAt, IReadOnlyList<string> Roles, bool HasOwnAccounts);

public sealed class NameForm
{
    [Required(ErrorMessage = "MyProfile.NameMissing")]
    [StringLength(Person.LongestName, ErrorMessage = "Form.TooLong")]
    public string? Name { get; set; }
}
