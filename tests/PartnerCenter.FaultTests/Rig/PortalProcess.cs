using System.Globalization;
using System.Reflection;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>The portal as an operator runs it: the built application, in Production, as a process of its own.</summary>
internal sealed class PortalProcess : IDisposable
{
    /// <summary>How many mails it sends at the same time.</summary>
    public const int Parallel = 8;

    /// <summary>How many mails a kill can leave in doubt: those that are being sent, and those that wait for a connection.</summary>
    public const int MostInDoubt = Parallel + (Parallel / 2);

    /// <summary>After how many seconds of silence others take over.</summary>
    public const int SilenceSeconds = 2;

    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(120);

    private static readonly string Portal =
        typeof(PortalProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Portal").Value!;

    private readonly ChildProcess _process;

    private PortalProcess(ChildProcess process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public ChildProcess Process => _process;

    public static Task<PortalProcess> StartAsync(World world, SinkProcess sink, params string[] more) =>
        StartAsync(world, [Portal, .. Settings(world, sink), .. more]);

    /// <summary>One with services replaced; see <see cref="HookedPortal"/>.</summary>
    public static Task<PortalProcess> StartHookedAsync(World world, SinkProcess sink, IEnumerable<Hook> hooks, params string[] more) =>
        StartAsync(world, [typeof(PortalProcess).Assembly.Location, "portal", Hook.Write(hooks), .. Settings(world, sink), .. more]);

    /// <summary>Starts it and does not wait until it answers.</summary>
    public static PortalProcess Launch(World world, SinkProcess sink, params string[] more) =>
        new(ChildProcess.Start("dotnet", [Portal, .. Settings(world, sink), .. more], world.Folder));

    /// <summary>Runs a host command to its end.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> CommandAsync(World world, params string[] args)
    {
        using var command = ChildProcess.Start("dotnet", [Portal, .. args], world.Folder, new Dictionary<string, string>
        {
            ["ConnectionStrings__PartnerCenter"] = world.ConnectionString,
            ["KeyRing__CertificateFile"] = KeyCertificate.File,
        });
        await command.EndAsync(Patient);
        Assert.True(command.ExitCode == 0, command.Said);
        return command.Said;
    }

    /// <summary>Waits until it listens.</summary>
    public async Task ListensAsync() => Address = new Uri(await _process.HearAsync("Now listening on: ", Patient));

    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();

    private static async Task<PortalProcess> StartAsync(World world, IReadOnlyList<string> args)
    {
        var portal = new PortalProcess(ChildProcess.Start("dotnet", args, world.Folder));
        await portal.ListensAsync();
        return portal;
    }

    private static string[] Settings(World world, SinkProcess sink) =>
    [
        "--applicationName=PartnerCenter.Web",
        $"--contentRoot={Path.GetDirectoryName(Portal)}",
        "--urls=http://127.0.0.1:0",
        $"--ConnectionStrings:PartnerCenter={world.ConnectionString}",
        $"--KeyRing:CertificateFile={KeyCertificate.File}",
        "--Mail:Smtp:Host=127.0.0.1",
        string.Create(CultureInfo.InvariantCulture, $"--Mail:Smtp:Port={sink.Port}"),
        "--Mail:Smtp:Security=None",
        string.Create(CultureInfo.InvariantCulture, $"--Mail:SilenceSeconds={SilenceSeconds}"),
        "--Mail:PollMilliseconds=100",
        string.Create(CultureInfo.InvariantCulture, $"--Mail:Parallel={Parallel}"),
        // Neither the time of day nor how much a person gets in a day may hold up a mail here.
        "--Mail:QuietFrom=00:00",
        "--Mail:QuietUntil=00:00",
        "--Mail:PromotionalPerDay=100",
        "--RateLimits:Enabled=false",
        $"--Serilog:WriteTo:1:Args:path={Path.Combine(world.Logs, "portal-.json")}",
    ];
}
