namespace PartnerCenter.Mail.Transport;

/// <summary>Connections to the relay that wait for the next mail. The one that was used last is taken first, so that the others can end.</summary>
/// <param name="longest">How long one may wait; then it is closed.</param>
/// <param name="time">Tells how long that is.</param>
internal sealed class IdleConversations(TimeSpan longest, TimeProvider time) : IDisposable, IAsyncDisposable
{
    private readonly Lock _guard = new();

    // The one that waits longest comes first.
    private readonly List<(SmtpConversation Relay, long Since)> _waiting = [];

    private ITimer? _end;
    private bool _isClosed;

    /// <summary>One that is still there and has nothing to say; null when there is none.</summary>
    public SmtpConversation? Take()
    {
        while (true)
        {
            SmtpConversation last;
            lock (_guard)
            {
                if (_waiting.Count == 0)
                    return null;
                last = _waiting[^1].Relay;
                _waiting.RemoveAt(_waiting.Count - 1);
            }

            if (!last.IsDisturbed)
                return last;
            last.Dispose();
        }
    }

    /// <returns>Whether it is kept; if not, the caller still has to close it.</returns>
    public bool TryKeep(SmtpConversation relay)
    {
        lock (_guard)
        {
            if (_isClosed)
                return false;
            _waiting.Add((relay, time.GetTimestamp()));
            if (_end is null)
                _end = time.CreateTimer(_ => _ = EndAsync(), null, longest, Timeout.InfiniteTimeSpan);
            else if (_waiting.Count == 1)
                _end.Change(longest, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Hangs up without a word.</summary>
    public void Dispose()
    {
        foreach (var relay in Close())
            relay.Dispose();
    }

    /// <summary>Takes leave of the relay.</summary>
    public async ValueTask DisposeAsync() => await QuitAsync(Close());

    private List<SmtpConversation> Close()
    {
        lock (_guard)
        {
            _isClosed = true;
            _end?.Dispose();
            return Remove(_waiting.Count);
        }
    }

    // Those that waited long enough, and when to look again.
    private async Task EndAsync()
    {
        List<SmtpConversation> over;
        lock (_guard)
        {
            over = Remove(_waiting.FindIndex(waiting => time.GetElapsedTime(waiting.Since) < longest) is var first and >= 0 ? first : _waiting.Count);
            if (_waiting.Count > 0 && !_isClosed)
                _end!.Change(longest - time.GetElapsedTime(_waiting[0].Since), Timeout.InfiniteTimeSpan);
        }

        await QuitAsync(over);
    }

    private List<SmtpConversation> Remove(int count)
    {
        List<SmtpConversation> removed = [.. _waiting.Take(count).Select(waiting => waiting.Relay)];
        _waiting.RemoveRange(0, count);
        return removed;
    }

    private static Task QuitAsync(List<SmtpConversation> relays) => Task.WhenAll(relays.Select(async relay =>
    {
        await relay.QuitAsync();
        relay.Dispose();
    }));
}
