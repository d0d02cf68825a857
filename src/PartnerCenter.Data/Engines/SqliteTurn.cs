namespace PartnerCenter.Data.Engines;

/// <summary>Has the file for itself until it is disposed of.</summary>
internal sealed class SqliteTurn : SqliteWriter, IDisposable
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool MayShare => false;

    public override Task WriteAsync()
    {
        Succeed(rows: 0);
        return _end.Task;
    }

    public void Dispose() => _end.TrySetResult();
}
