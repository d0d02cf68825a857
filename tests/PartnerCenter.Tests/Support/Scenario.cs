using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Support;

/// <summary>
/// Arranges a world in the words of the domain. Each step is saved before the next and returns what it made, with its id; a step that
/// fails fails the test.
/// </summary>
/// <param name="services">What registers the database: of a <see cref="TemporaryDatabase"/>, or of a running portal.</param>
public sealed class Scenario(IServiceProvider services)
{
    public const string GrantedBy = "Anna Winter";

    private int _people;

    private DateTime Now => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>An organization that is enrolled in every program, so that every workspace exists for it.</summary>
    public Task<Organization> OrganizationAsync(string key = "alpine-cloud") => OrganizationAsync(key, [.. ProgramCatalogue.All]);

    public Task<Organization> OrganizationAsync(string key, params string[] programs) => SaveAsync(db =>
    {
        var organization = new Organization(key, $"The company {key}", Now);
        foreach (var program in programs)
            organization.Enroll(program, Now);
        db.Add(organization);
        return Task.FromResult(organization);
    });

    public Task<Person> PersonAsync(string name = "Ben Keller", string language = "en", string? address = null) => SaveAsync(db =>
    {
        var person = new Person(name, address ?? $"person-{Interlocked.Increment(ref _people)}@example.com", language);
        db.Add(person);
        return Task.FromResult(person);
    });

    /// <summary>Somebody new who is a member with these roles, granted now.</summary>
    public async Task<Membership> MemberAsync(Organization organization, params Role[] roles) =>
        await MemberAsync(organization, await PersonAsync(), roles);

    /// <summary>Makes somebody a member with these roles, granted now.</summary>
    public Task<Membership> MemberAsync(Organization organization, Person person, params Role[] roles) => SaveAsync(db =>
    {
        db.AttachRange(organization, person);
        var membership = new Membership(organization, person, Now);
        foreach (var role in roles)
            membership.Grant(role, GrantedBy, Now);
        db.Add(membership);
        return Task.FromResult(membership);
    });

    public Task<RoleAssignment> GrantAsync(Membership membership, Role role, DateTime? endsAt = null) =>
        ChangeAsync(membership, fresh => fresh.Grant(role, GrantedBy, Now, endsAt: endsAt));

    public Task RevokeAsync(Membership membership, Role role) => ChangeAsync(membership, fresh =>
    {
        var grant = fresh.Roles.Single(grant => grant.Role == role.Key);
        fresh.Revoke(grant);
        return grant;
    });

    /// <summary>Changes a member as it stands in the database, and saves.</summary>
    public Task<T> ChangeAsync<T>(Membership membership, Func<Membership, T> change) =>
        SaveAsync(async db => change(await LoadAsync(db, membership.Id)));

    /// <summary>Publishes as a publisher without limits would; what is refused fails the test.</summary>
    /// <returns>The id of the communication.</returns>
    public async Task<long> PublishAsync(CommunicationDraft draft)
    {
        await using var scope = services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<Publisher>()
            .PublishAsync(draft, new PublishingGrant("The program"), idempotency: null);
        if (outcome is PublishOutcome.Refused refused)
        {
            Assert.Fail("The draft was refused: " + string.Join(", ", refused.Problems.Select(problem => $"{problem.Field} {problem.Reason.Key}")));
        }

        return Assert.IsType<PublishOutcome.Published>(outcome).Id;
    }

    public Task WithdrawAsync(long communication) => SaveAsync(async db =>
    {
        var withdrawn = await db.Communications.Include(row => row.Targets).SingleAsync(row => row.Id == communication);
        withdrawn.Withdraw(Now);
        return withdrawn;
    });

    /// <summary>Shows an action to the holders of one more role, because nobody has read it.</summary>
    public Task EscalateAsync(long communication, string role, string organization) => SaveAsync(async db =>
    {
        var escalated = await db.Communications.Include(row => row.Targets).SingleAsync(row => row.Id == communication);
        escalated.EscalateTo(role, await db.Organizations.Where(row => row.Key == organization).Select(row => row.Id).SingleAsync());
        return escalated;
    });

    /// <summary>The member as a reader, from what the database says of their roles and enrollments now.</summary>
    /// <param name="membership">Who reads.</param>
    /// <param name="language">The language of the texts; the person's own if none is given.</param>
    public async Task<Reader> ReaderAsync(Membership membership, string? language = null)
    {
        await using var scope = services.CreateAsyncScope();
        var fresh = await LoadAsync(scope.ServiceProvider.GetRequiredService<PartnerCenterDb>(), membership.Id);
        return Reader.From(
            fresh,
            [.. fresh.Organization.Enrollments.Select(enrollment => enrollment.Program)],
            scope.ServiceProvider.GetRequiredService<WorkspaceCatalogue>(),
            language ?? fresh.Person.Language,
            Now);
    }

    private static Task<Membership> LoadAsync(PartnerCenterDb db, int id) =>
        db.Memberships
            .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(membership => membership.OptOuts)
            .AsSplitQuery()
            .SingleAsync(membership => membership.Id == id);

    private async Task<T> SaveAsync<T>(Func<PartnerCenterDb, Task<T>> arrange)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var made = await arrange(db);
        await db.SaveChangesAsync();
        return made;
    }
}
