using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Tests.Features.Users.People;

namespace PartnerCenter.Tests.Features.Users;

public sealed partial class ManyMembersTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const int Few = 30;
    private const int Many = 3000;

    [Theory]
    [InlineData("")]
    [InlineData("?admin=any&workspace=pricing&status=active&guest=false&contact=none&text=member&sort=joined&descending=true&page=2")]
    public async Task The_list_asks_the_database_as_often_for_many_members_as_for_few(string filter)
    {
        await FillAsync("harbor-apps", Few);
        await FillAsync(Lowland, Many);
        var (few, many) = (await app.SignInAsync("publisher"), await app.SignInAsync("dutch-admin"));

        var (small, smallAsked) = await app.OpenAskingAsync(few, ListOf("harbor-apps") + filter);
        var (large, largeAsked) = await app.OpenAskingAsync(many, ListOf(Lowland) + filter);

        Assert.InRange(smallAsked.Count, 3, 20);
        Assert.Equal(smallAsked.Count, largeAsked.Count);
        Assert.Equal(25, large.FindAll("tbody tr").Count);
        Assert.InRange(small.FindAll("tbody tr").Count, 1, 25);

        // Everything that reads members reads a page of them, counts them or names one.
        Assert.Single(largeAsked, sql => sql.Contains("LIMIT", StringComparison.Ordinal) && sql.Contains("NormalizedSignInAddress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_asks_is_found_by_person_and_not_among_all_members_of_the_organization()
    {
        await FillAsync(Lowland, Many);
        var (_, asked) = await app.OpenAskingAsync(await app.SignInAsync("dutch-admin"), ListOf(Lowland));
        var session = Assert.Single(asked, sql => sql.Contains("\"IdHash\" = ", StringComparison.Ordinal));

        var plan = await PlanOfAsync(session);

        var memberships = plan.Where(step => step.Contains("IX_Memberships", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(memberships);
        Assert.All(memberships, step => Assert.Contains("IX_Memberships_PersonId_OrganizationId (PersonId=?", step, StringComparison.Ordinal));
        Assert.All(plan, step => Assert.DoesNotMatch("^SCAN Memberships", step));
    }

    private Task<List<string>> PlanOfAsync(string sql) => app.InDatabaseAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var parameter in Parameters().Matches(sql).Select(match => match.Value).Distinct())
            command.Parameters.Add(new SqliteParameter(parameter, ""));
        await using var rows = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await rows.ReadAsync())
            steps.Add(rows.GetString(rows.GetOrdinal("detail")));
        return steps;
    });

    [GeneratedRegex(@"@\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Parameters();

    // Row by row through the model, this would be most of the time of the test.
    private Task FillAsync(string organization, int members) => app.InDatabaseAsync(async db =>
    {
        var id = await db.Organizations.Where(row => row.Key == organization).Select(row => row.Id).SingleAsync();
        if (await db.Memberships.CountAsync(row => row.OrganizationId == id) >= members)
            return 0;
        return await db.Database.ExecuteSqlInterpolatedAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {members})
            INSERT INTO People (Name, SignInAddress, NormalizedSignInAddress, Language, IsOperator, IsDisabled, Version)
            SELECT 'Member ' || i, 'member' || i || '@' || {organization}, upper('member' || i || '@' || {organization}), 'en', 0, 0, 0 FROM n;
            INSERT INTO Memberships (PersonId, OrganizationId, JoinedAt, Status, IsGuest, EmailLanguage, ContactState, ReadUpTo, Version)
            SELECT Id, {id}, {app.Now()}, 'Active', 0, 'en', 'None', 0, 0 FROM People WHERE SignInAddress LIKE 'member%@' || {organization};
            INSERT INTO RoleAssignments (MembershipId, Role, GrantedBy, GrantedAt, ReadUpTo)
            SELECT Id, {RoleCatalogue.UserManagementAdmin.Key}, 'Anna Winter', {app.Now()}, 0 FROM Memberships
            WHERE OrganizationId = {id} AND Id NOT IN (SELECT MembershipId FROM RoleAssignments);
            """);
    });
}
