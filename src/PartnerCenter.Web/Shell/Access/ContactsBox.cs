using PartnerCenter.Data.Organizations;

namespace PartnerCenter.Web.Shell.Access;

/// <summary>People to turn to. Only the first few stand there at once; the rest unfolds.</summary>
/// <param name="People">Everybody.</param>
public sealed record ContactsBox(IReadOnlyList<Administrator> People)
{
    private const int ShownAtOnce = 3;

    public IEnumerable<Administrator> First => People.Take(ShownAtOnce);

    public IReadOnlyList<Administrator> Others => [.. People.Skip(ShownAtOnce)];
}
