using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using static PartnerCenter.Data.Demo.DemoPeople;

namespace PartnerCenter.Data.Demo;

/// <summary>A small story to try the portal with: three organizations, their people, and what the program told them so far.</summary>
public static class DemoData
{
    /// <summary>The secret part of the demo's publishing key. It opens nothing outside Development on loopback.</summary>
    public const string ApiKeySecret = "PartnerCenterDemoKeyForLocalTryingOutOnly00";

    public const string ApiKeyId = "demo";

    /// <summary>Tells the story, unless the database has people already.</summary>
    public static async Task AddToAsync(PartnerCenterDb db, TimeProvider time, CancellationToken cancellation = default)
    {
        if (await db.People.AnyAsync(cancellation))
            return;

        var now = time.GetUtcNow().UtcDateTime;
        var organizations = Organizations(now.AddYears(-2));
        db.AddRange(organizations.Values);
        db.Add(new TrustedTenant(DemoPeople.LowlandTenant, organizations[Lowland], now.AddYears(-1)));
        AddPeople(db, organizations, now);
        db.Add(ApiKey.Create(ApiKeyId, ApiKeySecret, "Demo publisher", now, TimeSpan.FromDays(365), out _));
        await db.SaveChangesAsync(cancellation);

        Membership MemberOf(string key) => db.Memberships.Local.First(member => member.Person.SignInAddress == Find(key)!.SignInAddress);
        db.AddRange(DemoSupport.All(MemberOf, now));
        await db.SaveChangesAsync(cancellation);

        var names = new DraftNames(organizations.ToDictionary(pair => pair.Key, pair => pair.Value.Id), MembershipOrganization: null);
        var grant = new PublishingGrant(DemoCommunications.Publisher);
        foreach (var (age, draft) in DemoCommunications.All.OrderByDescending(communication => communication.Age))
            db.Add(Publishing.Create(draft, names, grant, now.AddDays(-age)));
        await db.SaveChangesAsync(cancellation);
    }

    private static Dictionary<string, Organization> Organizations(DateTime since)
    {
        var alpine = new Organization(Alpine, "Alpine Cloud", since);
        foreach (var program in ProgramCatalogue.All)
            alpine.Enroll(program, since);
        alpine.Locations.AddRange([new("Alpine Cloud Zurich", "Zurich", "CH"), new("Alpine Cloud Basel", "Basel", "CH")]);

        var lowland = new Organization(Lowland, "Lowland Digital", since);
        lowland.Enroll(ProgramCatalogue.PartnerNetwork, since);
        lowland.Enroll(ProgramCatalogue.Reseller, since);
        lowland.Enroll(ProgramCatalogue.Incentives, since);
        lowland.Locations.Add(new("Lowland Digital Utrecht", "Utrecht", "NL"));

        var harbor = new Organization(Harbor, "Harbor Apps", since);
        harbor.Enroll(ProgramCatalogue.Marketplace, since);
        harbor.Enroll(ProgramCatalogue.CoSell, since);

        return new[] { alpine, lowland, harbor }.ToDictionary(organization => organization.Key);
    }

    private static void AddPeople(PartnerCenterDb db, Dictionary<string, Organization> organizations, DateTime now)
    {
        foreach (var demo in DemoPeople.All)
        {
            var person = new Person(demo.Name, demo.SignInAddress, demo.Language);
            if (demo.IsOperator)
                person.MakeOperator();
            db.Add(person);
            foreach (var place in demo.Places)
                db.Add(MemberFrom(place, organizations[place.Organization], person, now));
        }
    }

    private static Membership MemberFrom(DemoPlace place, Organization organization, Person person, DateTime now)
    {
        var membership = new Membership(organization, person, now.AddMonths(-8));
        membership.DescribeAs(place.JobTitle, person.Language, timeZone: null, new(ChangedBy.FirstVisit, now.AddMonths(-8)));
        if (place.AsGuest)
            membership.BecomeGuest();

        // Only the trainee has just arrived.
        if (place.Roles.Length > 0)
        {
            membership.SetUp(now.AddMonths(-8));
            membership.UseSignInAddress(new(ChangedBy.FirstVisit, now.AddMonths(-8)));
        }

        foreach (var role in place.Roles)
        {
            var location = role.ByLocation ? organization.Locations.FirstOrDefault() : null;
            membership.Grant(role, GranterOf(place), now.AddMonths(-8), location, place.AsGuest ? now.AddMonths(4) : null);
        }

        // Somebody who wants no promotional mail at all, so that the demo shows a mail that was not sent and why.
        if (place.Roles.Contains(RoleCatalogue.BillingAdmin))
            membership.Choose(CommunicationKind.PromotionalNotification, workspace: null, isWanted: false, new(ChangedBy.MyPreferences, now.AddMonths(-1)));
        return membership;
    }

    private static string GranterOf(DemoPlace place) =>
        DemoPeople.All.First(person => person.Places.Any(
            other => other.Organization == place.Organization && other.Roles.Contains(RoleCatalogue.GlobalAdmin))).Name;
}
