using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.SignIn;

/// <summary>Finds whom one can sign in as in the demo, and where somebody belongs.</summary>
public sealed class SignInQuery(PartnerCenterDb db, Here here, SignInProviders providers, LocalSignInSettings local, IConfiguration configuration, TimeProvider time)
{
    private const int MostOthers = 50;

    private static readonly List<string> Cast = [.. DemoPeople.All.Select(person => Person.Normalize(person.SignInAddress))];

    // Whoever is not of the cast was invited or imported while somebody tried the demo out.
    private IQueryable<Person> Others => db.People.Where(person => !person.IsDisabled && !Cast.Contains(person.NormalizedSignInAddress));

    public async Task<SignInPage> ReadAsync(string? returnUrl, bool isAnother, CancellationToken cancellation)
    {
        if (!DemoMode.IsOn(configuration))
            return new SignInPage(providers.All, local.IsOn, [], [], returnUrl, isAnother);

        var others = await Others.AsNoTracking()
            .OrderByDescending(person => person.Id)
            .Take(MostOthers)
            .Select(person => new OtherPersonRow(person.Name, person.SignInAddress))
            .ToListAsync(cancellation);
        return new SignInPage(providers.All, local.IsOn, DemoPeople.All, others, returnUrl, isAnother);
    }

    /// <param name="chosen">The key of a person of the cast, or the address of somebody else.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Person?> FindForDemoAsync(string? chosen, CancellationToken cancellation)
    {
        var address = Person.Normalize(DemoPeople.Find(chosen)?.SignInAddress ?? chosen ?? "");
        return DemoPeople.Find(chosen) is null
            ? Others.SingleOrDefaultAsync(person => person.NormalizedSignInAddress == address, cancellation)
            : db.People.SingleOrDefaultAsync(person => person.NormalizedSignInAddress == address, cancellation);
    }

    /// <summary>The organization that somebody chose, or works in, or else the program's own pages, or else an invitation that waits.</summary>
    public async Task<string> HomeOfAsync(Person person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var mine = db.Memberships.Where(membership => membership.PersonId == person.Id);
        var organization = await mine.ActiveAt(now)
            .OrderBy(membership => membership.OrganizationId == person.DefaultOrganizationId ? 0 : 1)
            .ThenBy(membership => membership.Id)
            .Select(membership => membership.Organization.Key)
            .FirstOrDefaultAsync(cancellation);
        if (organization is not null)
            return here.InOrganization(organization);
        if (person.IsOperator)
            return "/operator";

        var asked = await mine.Unanswered()
            .OrderByDescending(membership => membership.InvitationExpiresAt)
            .Select(membership => membership.Organization.Key)
            .FirstOrDefaultAsync(cancellation);
        return asked is not null ? $"/invitations/{asked}" : "/no-organization";
    }
}
