namespace PartnerCenter.Data.Engines;

/// <summary>Somebody in the queue of those who write. It begins or leaves, never both.</summary>
internal abstract class SqliteWriter
{
    private readonly TaskCompletionSource<int> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _isSettled;

    /// <summary>Ends with how many rows were written, or with what went wrong.</summary>
    public Task<int> Turn => _turn.Task;

    /// <summary>Whether it can be part of a transaction that others began.</summary>
    public abstract bool MayShare { get; }

    /// <returns>False if it has left.</returns>
    public bool TryBegin() => Interlocked.Exchange(ref _isSettled, 1) == 0;

    /// <returns>False if it has begun.</returns>
    public bool TryLeave() => Interlocked.Exchange(ref _isSettled, 1) == 0;

    /// <summary>Has its turn, alone.</summary>
    public abstract Task WriteAsync();

    public void Succeed(int rows) => _turn.SetResult(rows);

    public void Fail(Exception fault) => _turn.SetException(fault);
}
