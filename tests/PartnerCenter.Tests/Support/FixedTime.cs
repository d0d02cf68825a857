namespace PartnerCenter.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Waiting moves the wall clock and the monotonic one; jumping only the first.</summary>
public sealed class FixedTime(DateTime start) : TimeProvider
{
    /// <summary>Where every test starts unless it says otherwise: a Monday morning.</summary>
    public static readonly DateTime Start = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private readonly Lock _lock = new();
    private DateTime _now = start;
    private long _ticks;

    public FixedTime()
        : this(Start)
    {
    }

    public DateTime Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Now);

    public override long GetTimestamp()
    {
        lock (_lock)
            return _ticks;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
            _ticks += by.Ticks;
        }
    }

    /// <summary>Sets the wall clock, as an administrator or a time server does.</summary>
    public void JumpTo(DateTime now)
    {
        lock (_lock)
            _now = now;
    }
}
