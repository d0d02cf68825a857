using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Workspaces;

public sealed class WorkspaceCatalogueTests
{
    private static readonly WorkspaceCatalogue BuiltIn = WorkspaceCatalogue.BuiltIn;

    [Fact]
    public void The_thirteen_workspaces_come_in_the_order_of_the_seeds() =>
        Assert.Equal(
            [
                "account-settings", "action-center", "benefits", "billing", "customers", "incentives", "insights", "membership",
                "marketplace-offers", "referrals", "payouts", "pricing", "help-support",
            ],
            BuiltIn.All.Select(workspace => workspace.Key));

    [Fact]
    public void A_workspace_is_found_by_its_key()
    {
        Assert.All(BuiltIn.All, workspace => Assert.Same(workspace, BuiltIn.Find(workspace.Key)));
        Assert.Null(BuiltIn.Find("Billing"));
        Assert.Null(BuiltIn.Find("hardware"));
    }

    [Theory]
    [InlineData(ProgramCatalogue.PartnerNetwork, "benefits insights membership")]
    [InlineData(ProgramCatalogue.Reseller, "billing customers insights pricing")]
    [InlineData(ProgramCatalogue.Incentives, "incentives payouts")]
    [InlineData(ProgramCatalogue.Marketplace, "insights marketplace-offers payouts")]
    [InlineData(ProgramCatalogue.CoSell, "referrals")]
    public void A_program_brings_its_workspaces(string program, string workspaces)
    {
        string[] always = ["account-settings", "action-center", "help-support"];

        var existing = BuiltIn.ExistingFor([program]).Select(workspace => workspace.Key);

        Assert.Equal(always.Concat(workspaces.Split(' ')).Order(), existing.Order());
    }

    [Fact]
    public void Without_any_program_there_is_what_every_organization_has() =>
        Assert.Equal(["account-settings", "action-center", "help-support"], BuiltIn.ExistingFor([]).Select(workspace => workspace.Key));

    [Fact]
    public void All_programs_together_bring_all_workspaces_and_each_only_once() =>
        Assert.Equal(BuiltIn.All, BuiltIn.ExistingFor(ProgramCatalogue.All));

    [Fact]
    public void Every_program_that_a_workspace_names_exists() =>
        Assert.Empty(BuiltIn.All.SelectMany(workspace => workspace.Programs).Except(ProgramCatalogue.All));

    [Fact]
    public void Every_built_in_workspace_has_an_icon_of_its_own_and_something_to_read()
    {
        Assert.Distinct(BuiltIn.All.Select(workspace => workspace.Icon));
        Assert.All(BuiltIn.All, workspace => Assert.NotEmpty(workspace.LearnMore));
    }

    [Fact]
    public void Two_workspaces_cannot_share_a_key() =>
        Assert.Throws<ArgumentException>(() => new WorkspaceCatalogue([.. BuiltIn.All, new Workspace("billing", "grid", [])]));
}
