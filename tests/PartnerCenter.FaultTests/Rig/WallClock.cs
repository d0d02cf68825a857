using System.Globalization;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>The wall clock of hooked portals, which the test sets wrong.</summary>
internal sealed class WallClock
{
    public WallClock(World world, string name = "clock")
    {
        File = Path.Combine(world.Folder, name);
        Set(TimeSpan.Zero);
    }

    public string File { get; }

    public Hook Hook => new(HookedPortal.Clock, File);

    /// <param name="offset">How far it is ahead of the true time.</param>
    public void Set(TimeSpan offset)
    {
        // In one step: a portal may look at any moment.
        var draft = File + ".new";
        System.IO.File.WriteAllText(draft, offset.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        System.IO.File.Move(draft, File, overwrite: true);
    }
}
