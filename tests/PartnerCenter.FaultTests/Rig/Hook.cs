namespace PartnerCenter.FaultTests.Rig;

/// <summary>What is replaced in a portal; see <see cref="HookedPortal"/>.</summary>
/// <param name="Name">Which service.</param>
/// <param name="File">By which the test tells it what to do.</param>
internal sealed record Hook(string Name, string File)
{
    private const char Next = ';';
    private const char Is = '=';

    /// <summary>Needs to be told nothing.</summary>
    public static Hook Crash { get; } = new(HookedPortal.Crash, "");

    /// <summary>As an argument of a command line.</summary>
    public static string Write(IEnumerable<Hook> hooks) => string.Join(Next, hooks.Select(hook => $"{hook.Name}{Is}{hook.File}"));

    public static IReadOnlyList<Hook> Read(string hooks) =>
        [.. hooks.Split(Next).Select(hook => hook.Split(Is, 2)).Select(parts => new Hook(parts[0], parts[1]))];
}
