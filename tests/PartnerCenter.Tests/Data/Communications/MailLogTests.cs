using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class MailLogTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(MailGroup.Failed)]
    [InlineData(MailGroup.Waiting)]
    [InlineData(MailGroup.Deferred)]
    public async Task A_page_of_the_mails_of_a_communication_is_one_range_of_an_index(MailGroup? group)
    {
        var state = MailGroupTable.StatesOf(group)[0];

        var plan = await PlanOfAsync(db => db.Matching(
                db.OutboxMails.Where(mail => mail.CommunicationId == 1 && mail.State == state && mail.Id > 7), new MailFilter { Group = group })
            .OrderBy(mail => mail.Id)
            .Take(51));

        Assert.Contains(plan, step => step.Contains("IX_OutboxMails_CommunicationId_State_Id (CommunicationId=? AND State=? AND Id>?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_mails_of_an_organization_are_read_in_the_order_of_an_index()
    {
        var plan = await PlanOfAsync(db => db.Matching(db.OutboxMails.Where(mail => mail.OrganizationId == 1), new MailFilter { Group = MailGroup.Failed })
            .OrderByDescending(mail => mail.Id)
            .Take(51));

        Assert.Contains(plan, step => step.Contains("IX_OutboxMails_OrganizationId_Id (OrganizationId=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_state_has_its_place_in_the_list() =>
        Assert.Equal(Enum.GetValues<MailState>().Order(), MailGroupTable.States.Order());

    [Fact]
    public void A_group_has_its_states_in_the_order_of_the_list()
    {
        foreach (var group in Enum.GetValues<MailGroup>())
            Assert.Equal(MailGroupTable.States.Where(MailGroupTable.StatesOf(group).Contains), MailGroupTable.StatesOf(group));
    }

    private async Task<List<string>> PlanOfAsync(Func<PartnerCenterDb, IQueryable<OutboxMail>> query)
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        await db.Database.OpenConnectionAsync();
        await using var command = query(db).CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var rows = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await rows.ReadAsync())
            steps.Add(rows.GetString(rows.GetOrdinal("detail")));
        return steps;
    }
}
