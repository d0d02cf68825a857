namespace PartnerCenter.Tests.Mail.Dispatch;

/// <summary>A wall clock and a monotonic clock that stand still until a test moves them, together or the wall clock alone.</summary>
internal sealed class SettableTime(DateTimeOffset start) : TimeProvider
{
    private long _passed;
    private long _jumped;

    public DateTime Now => GetUtcNow().UtcDateTime;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Volatile.Read(ref _passed) + Volatile.Read(ref _jumped));

    public override long GetTimestamp() => Volatile.Read(ref _passed);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    /// <summary>Somebody sets the clock of the machine.</summary>
    public void JumpWallClock(TimeSpan time) => Interlocked.Add(ref _jumped, time.Ticks);
}
