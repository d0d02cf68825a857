using System.Globalization;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>While it lasts, whatever a process wants to have on the disk for sure (fsync) fails with EIO: strace stands in between.</summary>
internal sealed class FailingSyncs : IDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _strace;
    private readonly string _file;

    private FailingSyncs(ChildProcess strace, string file) => (_strace, _file) = (strace, file);

    /// <summary>How many have failed.</summary>
    public int Count => File.Exists(_file) ? ReadLines().Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal)) : 0;

    /// <param name="world">Where notes are taken.</param>
    /// <param name="process">Whose.</param>
    /// <param name="first">The first that fails, counted from 1 for each of its threads.</param>
    /// <param name="then">Which one after that fails again.</param>
    public static async Task<FailingSyncs> BeginAsync(World world, ChildProcess process, int first = 1, int then = 1)
    {
        var file = Path.Combine(world.Folder, $"syncs-{Guid.NewGuid():N}");
        var strace = ChildProcess.Start(
            "strace",
            [
                "-f", "-p", string.Create(CultureInfo.InvariantCulture, $"{process.Id}"), "-o", file, "-e", "trace=fsync,fdatasync",
                "-e", string.Create(CultureInfo.InvariantCulture, $"inject=fsync,fdatasync:error=EIO:when={first}+{then}"),
            ],
            world.Folder);
        await strace.HearAsync("attached", Patient);
        return new(strace, file);
    }

    /// <summary>Lets them succeed again.</summary>
    public async Task EndAsync()
    {
        _strace.Signal("TERM");
        await _strace.EndAsync(Patient);
    }

    public void Dispose() => _strace.Dispose();

    private IEnumerable<string> ReadLines()
    {
        using var reader = new StreamReader(new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n');
    }
}

/// <summary>A fault that needs strace, which Debian has and a machine need not have.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithStraceAttribute : FactAttribute
{
    private const string Program = "strace";

    public FactWithStraceAttribute()
    {
        if (Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program))) != true)
            Skip = "It needs strace, which is not installed here: apt-get install strace.";
    }
}
