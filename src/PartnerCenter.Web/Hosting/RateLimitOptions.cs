using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The section <c>RateLimits</c>: how many requests a minute are answered, and as many at once after a quiet minute. Each instance counts
/// for itself. Nobody who works in the portal meets these numbers; they stop programs that run wild.
/// </summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    private const int Most = 1_000_000;

    /// <summary>False where something in front of the portal counts, or a test wants no limit.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>For somebody who is signed in, wherever they are.</summary>
    [Range(1, Most)]
    public int PerPerson { get; set; } = 600;

    /// <summary>For another system with a key.</summary>
    [Range(1, Most)]
    public int PerApiKey { get; set; } = 1200;

    /// <summary>For all who are not signed in and come from one network address; a whole office can be behind it.</summary>
    [Range(1, Most)]
    public int PerAddress { get; set; } = 300;

    /// <summary>For signing in.</summary>
    [Range(1, Most)]
    public int SignIn { get; set; } = 60;

    /// <summary>For the links that turn mail off. Mail providers send these for many readers from few addresses (RFC 8058).</summary>
    [Range(1, Most)]
    public int Unsubscribe { get; set; } = 120;

    /// <summary>For confirming a contact address, by link or by code.</summary>
    [Range(1, Most)]
    public int VerifyContact { get; set; } = 20;

    /// <summary>For calendars and feeds.</summary>
    [Range(1, Most)]
    public int Feeds { get; set; } = 120;
}
