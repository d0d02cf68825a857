using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Invitations;

/// <summary>Finds the invitation of a person.</summary>
public sealed class InvitationsQuery(PartnerCenterDb db, TimeProvider time)
{
    /// <returns>Null if this person is not asked by this organization, or if there is no such organization.</returns>
    public async Task<InvitationPage?> ReadAsync(Person person, string organization, CancellationToken cancellation)
    {
        var invited = await db.Memberships.Unanswered().AsNoTracking()
            .Include(membership => membership.Organization)
            .Include(membership => membership.Person)
            .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
            .AsSplitQuery()
            .SingleOrDefaultAsync(membership => membership.PersonId == person.Id && membership.Organization.Key == organization, cancellation);
        if (invited is null)
            return null;

        var isNew = !person.IsOperator && !await db.Memberships.AnyAsync(other => other.PersonId == person.Id && other.InvitationExpiresAt == null, cancellation);
        return new InvitationPage(
            invited,
            invited.HasInvitationExpiredAt(time.GetUtcNow().UtcDateTime),
            isNew,
            new InvitationForm { Name = person.Name == Person.NameFrom(person.SignInAddress) ? null : person.Name });
    }
}
