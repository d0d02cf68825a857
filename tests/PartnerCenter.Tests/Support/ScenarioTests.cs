using PartnerCenter.Domain.Access;

namespace PartnerCenter.Tests.Support;

public sealed class ScenarioTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_it_arranged_is_in_the_file()
    {
        var scenario = _database.Scenario;
        var person = await scenario.PersonAsync();
        var alpine = await scenario.OrganizationAsync();
        var lowland = await scenario.OrganizationAsync("lowland-digital", "reseller");
        await scenario.MemberAsync(alpine, person, RoleCatalogue.GlobalAdmin);
        var member = await scenario.MemberAsync(lowland, person);

        await scenario.GrantAsync(member, RoleCatalogue.BillingAdmin);
        var published = await scenario.PublishAsync(Drafts.MandatoryAction());

        var reader = await scenario.ReaderAsync(member);
        Assert.Equal(lowland.Id, reader.OrganizationId);
        Assert.Contains(reader.Paths, path => path.Grant?.Role == "billing_admin");
        Assert.DoesNotContain("referrals", reader.Workspaces);
        Assert.True(published > 0);
    }
}
