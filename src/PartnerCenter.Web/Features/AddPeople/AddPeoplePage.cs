using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Features.AddPeople;

/// <param name="Form">What was typed.</param>
/// <param name="Roles">The roles that the reader may give.</param>
public sealed record AddPeoplePage(AddPeopleForm Form, IReadOnlyList<Role> Roles)
{
    /// <summary>How many were invited although others failed.</summary>
    public int Invited { get; init; }
}

/// <summary>An address that was not invited.</summary>
public sealed record FailedRow(string Address, Reason Reason);
