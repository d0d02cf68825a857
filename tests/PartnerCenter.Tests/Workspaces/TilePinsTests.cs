using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Workspaces;

public sealed class TilePinsTests
{
    [Theory]
    [InlineData("", TileMove.Pin, "a", "a")]
    [InlineData("a,b", TileMove.Pin, "c", "a,b,c")]
    [InlineData("a,b", TileMove.Pin, "a", "a,b")]
    [InlineData("a,b,c", TileMove.Unpin, "b", "a,c")]
    [InlineData("a", TileMove.Unpin, "a", null)]
    [InlineData("a", TileMove.Unpin, "b", "a")]
    [InlineData("a,b,c", TileMove.Earlier, "c", "a,c,b")]
    [InlineData("a,b,c", TileMove.Earlier, "a", "a,b,c")]
    [InlineData("a,b,c", TileMove.Later, "a", "b,a,c")]
    [InlineData("a,b,c", TileMove.Later, "c", "a,b,c")]
    [InlineData("a,b", TileMove.Later, "x", "a,b")]
    [InlineData("1,2,3,4,5,6,7,8", TileMove.Pin, "9", "1,2,3,4,5,6,7,8")]
    public void A_move_does_what_it_says_or_nothing(string pins, TileMove move, string workspace, string? after) =>
        Assert.Equal(after, TilePins.Read(pins).After(move, workspace).Write());

    [Theory]
    [InlineData("", "a", "Pin")]
    [InlineData("a", "a", "Unpin")]
    [InlineData("a,b,c", "a", "Unpin Later")]
    [InlineData("a,b,c", "b", "Unpin Earlier Later")]
    [InlineData("a,b,c", "c", "Unpin Earlier")]
    [InlineData("1,2,3,4,5,6,7,8", "9", "")]
    public void Only_what_changes_something_is_offered(string pins, string workspace, string moves) =>
        Assert.Equal(moves, string.Join(' ', TilePins.Read(pins).MovesOf(workspace)));

    [Fact]
    public void What_is_pinned_comes_first_in_its_order_and_the_rest_in_that_of_the_catalogue()
    {
        var workspaces = new[] { "a", "b", "c", "d" }.Select(key => new Workspace(key, "tag", []));

        Assert.Equal(["d", "b", "a", "c"], TilePins.Read("gone,d,b").Order(workspaces).Select(workspace => workspace.Key));
    }

    [Fact]
    public void Nothing_pinned_is_read_as_nothing() => Assert.Empty(TilePins.Read(null).Keys);
}
