using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Users;

/// <summary>People whom a test adds to an organization of the demo.</summary>
internal static class People
{
    public const string Alpine = "alpine-cloud";
    public const string Lowland = "lowland-digital";

    private static int _added;

    public static string ListOf(string organization) => $"/o/{organization}/account-settings/users";

    /// <returns>The id of the membership.</returns>
    public static Task<int> AddPersonAsync(
        this PortalApp app, string name, Action<Membership>? arrange = null, string organization = Alpine, params Role[] roles) =>
        app.SaveAsync(organization, name, (where, person) =>
        {
            var member = new Membership(where, person, app.Now());
            foreach (var role in roles)
                member.Grant(role, "Anna Winter", app.Now());
            arrange?.Invoke(member);
            return member;
        });

    public static Task<int> InvitePersonAsync(this PortalApp app, string name, Action<Membership>? arrange = null, string organization = Alpine) =>
        app.SaveAsync(organization, name, (where, person) =>
        {
            var member = Membership.Invite(where, person, "Anna Winter", app.Now());
            arrange?.Invoke(member);
            return member;
        });

    public static Task<int> IdOfAsync(this PortalApp app, string name, string organization = Alpine) => app.InDatabaseAsync(db => db.Memberships
        .Where(member => member.Person.Name == name && member.Organization.Key == organization)
        .Select(member => member.Id)
        .SingleAsync());

    public static Task<Membership> MembershipAsync(this PortalApp app, int id) =>
        app.InDatabaseAsync(db => db.Memberships.Include(member => member.Roles).Include(member => member.Person).SingleAsync(member => member.Id == id));

    public static DateTime Now(this PortalApp app) => app.Clock.GetUtcNow().UtcDateTime;

    private static Task<int> SaveAsync(this PortalApp app, string organization, string name, Func<Organization, Person, Membership> make) =>
        app.InDatabaseAsync(async db =>
        {
            var where = await db.Organizations.SingleAsync(row => row.Key == organization);
            var member = make(where, new Person(name, $"added-{Interlocked.Increment(ref _added)}@people.example"));
            db.Add(member);
            await db.SaveChangesAsync();
            return member.Id;
        });
}
