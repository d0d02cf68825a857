using System.Threading.Channels;

namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>Waits for what another process writes: it looks again whenever a file of a folder changes, and never by the clock.</summary>
internal sealed class FolderWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FileSystemWatcher _watcher;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public FolderWatch(string folder, string files)
    {
        _watcher = new FileSystemWatcher(Directory.CreateDirectory(folder).FullName, files);
        _watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
        _watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
        _watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
        _watcher.EnableRaisingEvents = true;
    }

    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await isSo())
            await _changes.Reader.ReadAsync(deadline.Token);
    }

    public Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    public void Dispose() => _watcher.Dispose();
}
