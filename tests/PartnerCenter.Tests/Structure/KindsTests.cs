using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Tests.Structure;

/// <summary>Whoever adds a kind or a workspace is told what else it needs.</summary>
public sealed class KindsTests
{
    public static TheoryData<CommunicationKind> Kinds => [.. Enum.GetValues<CommunicationKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_policy_and_an_icon(CommunicationKind kind)
    {
        Assert.NotEmpty(CommunicationPolicy.KeyOf(kind));
        Assert.True(Icons.Exists(Icons.OfKind(kind)));
    }

    [Fact]
    public void Every_workspace_has_an_icon() =>
        Assert.All(WorkspaceCatalogue.BuiltIn.All, workspace => Assert.True(Icons.Exists(workspace.Icon), workspace.Icon));
}
