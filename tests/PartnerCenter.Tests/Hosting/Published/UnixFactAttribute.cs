namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>A test that needs the signals of Unix.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no signals that a test could send.";
    }
}
