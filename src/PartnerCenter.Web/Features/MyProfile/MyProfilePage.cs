using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.MyProfile;

/// <param name="Person">Whose profile it is.</param>
/// <param name="Form">The name as it was typed.</param>
/// <param name="Password">How it stands with the password; null for whoever signs in without one of the portal's.</param>
/// <param name="Directories">What the person is in each directory.</param>
public sealed record MyProfilePage(Person Person, NameForm Form, PasswordRow? Password, IReadOnlyList<ProfileDirectoryRow> Directories);

/// <param name="SetAt">When it was chosen, in UTC.</param>
/// <param name="IsTwoStepOn">Whether sign-in asks for a code, too.</param>
public sealed record PasswordRow(DateTime SetAt, bool IsTwoStepOn);

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
