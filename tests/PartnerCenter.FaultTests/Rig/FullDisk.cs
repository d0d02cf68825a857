namespace PartnerCenter.FaultTests.Rig;

/// <summary>The disk of hooked portals, which the test fills. What lies there can still be read, and changed where it lies.</summary>
internal sealed class FullDisk(World world)
{
    private readonly string _file = Path.Combine(world.Folder, "disk-is-full");

    public Hook Hook => new(HookedPortal.Disk, _file);

    public void Fill() => File.WriteAllText(_file, "");

    public void MakeRoom() => File.Delete(_file);
}
