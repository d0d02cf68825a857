namespace PartnerCenter.Web.Features.People;

/// <param name="Text">What was looked for.</param>
/// <param name="Rows">The people whose name or address has it, at most <see cref="PeopleQuery.MostRows"/>.</param>
public sealed record PeoplePage(string Text, IReadOnlyList<PersonRow> Rows);

/// <param name="Id">Who.</param>
/// <param name="Name">The name.</param>
/// <param name="Address">The sign-in address.</param>
public sealed record PersonRow(int Id, string Name, string Address);

/// <param name="Person">Who.</param>
/// <param name="IsErased">Whether nobody knows any more who it was.</param>
/// <param name="Organizations">The names of the organizations where the person is or was something.</param>
public sealed record PersonPage(PersonRow Person, bool IsErased, IReadOnlyList<string> Organizations);
