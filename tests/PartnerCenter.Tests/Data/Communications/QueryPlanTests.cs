using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class QueryPlanTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_first_page_of_actions_is_one_range_of_the_index_for_each_way_and_kind()
    {
        var reader = await ArrangeReaderAsync();
        var ranges = reader.Paths.Count * CommunicationPolicy.Actions.Count;

        var plan = await PlanOfAsync(reader);

        var targets = plan.Where(step => step.Contains("CommunicationTargets", StringComparison.Ordinal)).ToList();
        Assert.Equal(ranges, targets.Count);
        Assert.All(targets, step => Assert.Contains("IX_CommunicationTargets_ByDue", step, StringComparison.Ordinal));
        Assert.All(targets, step => Assert.Contains("(Addressee=? AND Kind=?)", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_page_of_actions_scans_no_table_and_sorts_nothing()
    {
        var reader = await ArrangeReaderAsync();

        var plan = await PlanOfAsync(reader);

        Assert.NotEmpty(plan);
        Assert.All(plan, step => Assert.DoesNotMatch("^SCAN (?!SUBQUERY)", step));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private async Task<Reader> ArrangeReaderAsync()
    {
        var organization = await _database.Scenario.OrganizationAsync();
        var member = await _database.Scenario.MemberAsync(organization, RoleCatalogue.BillingAdmin, RoleCatalogue.Owner);
        return await _database.Scenario.ReaderAsync(member);
    }

    private async Task<List<string>> PlanOfAsync(Reader reader)
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        await db.Database.OpenConnectionAsync();
        await using var command = scope.ServiceProvider.GetRequiredService<Visibility>().FirstPageOfActions(reader, size: 26).CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var rows = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await rows.ReadAsync())
            steps.Add(rows.GetString(rows.GetOrdinal("detail")));
        return steps;
    }
}
