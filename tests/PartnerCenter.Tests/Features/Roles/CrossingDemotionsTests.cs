using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Roles;

/// <summary>The last two Global admins demote each other at the same instant, over real HTTP on a file: one of them always stays.</summary>
public sealed class CrossingDemotionsTests
{
    private const int Rounds = 200;
    private const string Roles = "/o/alpine-cloud/account-settings/users/roles";

    [Fact]
    public async Task Two_hundred_rounds_never_end_without_a_global_admin_and_the_loser_is_told()
    {
        await using var portal = new ListeningPortal();
        var (anna, ben) = (await portal.SignInAsync("global-admin"), await portal.SignInAsync("billing-admin"));
        var (annaId, benId) = (await IdOfAsync(portal, "global-admin"), await IdOfAsync(portal, "billing-admin"));
        var conflicts = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var (annas, bens) = (await MakeGlobalAdminAsync(portal, annaId), await MakeGlobalAdminAsync(portal, benId));
            await anna.OpenAsync("/o/alpine-cloud/account-settings");
            await ben.OpenAsync("/o/alpine-cloud/account-settings");

            var answers = await Task.WhenAll(DemoteAsync(anna, benId, bens), DemoteAsync(ben, annaId, annas));

            var left = await GlobalAdminsAsync(portal);
            Assert.True(left == 1, $"Round {round} left {left} Global admins.");
            Assert.Single(answers, status => status == HttpStatusCode.Found);
            conflicts += answers.Count(status => status == HttpStatusCode.Conflict);
        }

        Assert.True(conflicts > 0, "No two demotions ever met.");
    }

    // The loser is told that the right is gone: by the rule if both were under way, by the page's own door if not.
    private static async Task<HttpStatusCode> DemoteAsync(Visitor visitor, int whom, List<int> seen)
    {
        var answer = await visitor.ForgeAsync(
            Roles, [("Member", $"{whom}"), ("IsConfirmed", "true"), .. seen.Select(id => ("Seen", $"{id}"))]);
        if (answer.StatusCode == HttpStatusCode.Conflict)
            Assert.Contains("You no longer have the role that this needs.", (await Page.ReadAsync(answer)).Text, StringComparison.Ordinal);
        else
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Found, HttpStatusCode.Forbidden });
        return answer.StatusCode;
    }

    private static Task<int> IdOfAsync(PortalApp portal, string person) => portal.InDatabaseAsync(db =>
        db.Memberships.Where(membership => membership.Person.SignInAddress == $"{person}@demo.example").Select(membership => membership.Id).SingleAsync());

    private static Task<int> GlobalAdminsAsync(PortalApp portal) => portal.InDatabaseAsync(db => db.Memberships.CountAsync(membership =>
        membership.Organization.Key == "alpine-cloud" && membership.Roles.Any(grant => grant.Role == "global_admin")));

    // The ids of the grants that a page would show now.
    private static Task<List<int>> MakeGlobalAdminAsync(PortalApp portal, int member) => portal.InDatabaseAsync(async db =>
    {
        var admin = await db.Memberships.Include(row => row.Roles).SingleAsync(row => row.Id == member);
        if (!admin.Roles.Exists(grant => grant.Role == "global_admin"))
            admin.Grant(RoleCatalogue.GlobalAdmin, "Test", FixedTime.Start);
        await db.SaveChangesAsync();
        return admin.Roles.ConvertAll(grant => grant.Id);
    });
}
