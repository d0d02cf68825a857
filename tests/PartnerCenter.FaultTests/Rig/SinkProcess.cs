using System.Globalization;
using System.Text.Json;
using PartnerCenter.FaultTests.Relay;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>The relay, in its own process, and its diary.</summary>
internal sealed class SinkProcess : IDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    private readonly string _diary;
    private readonly List<SinkRecord> _read = [];
    private ChildProcess _process = null!;
    private long _readUpTo;

    private SinkProcess(string folder) => _diary = Path.Combine(folder, "sink.jsonl");

    public int Port { get; private set; }

    public static async Task<SinkProcess> StartAsync(World world)
    {
        var sink = new SinkProcess(world.Folder);
        await sink.OpenAsync();
        return sink;
    }

    /// <summary>Opens it again where it was.</summary>
    public async Task OpenAsync()
    {
        _process = ChildProcess.Start(
            "dotnet", [typeof(SinkProcess).Assembly.Location, "sink", _diary, Port.ToString(CultureInfo.InvariantCulture)], Path.GetDirectoryName(_diary)!);
        Port = int.Parse(await _process.HearAsync("listening", Patient), CultureInfo.InvariantCulture);
    }

    /// <summary>Takes it away: nobody listens there any more.</summary>
    public void Close() => _process.Dispose();

    /// <summary>What it does otherwise from now on; nothing makes a good relay of it again.</summary>
    public async Task PlayAsync(params Act[] script)
    {
        _process.Forget();
        _process.Tell(JsonSerializer.Serialize(script));
        await _process.HearAsync("scripted", Patient);
    }

    /// <summary>Everything that happened up to now.</summary>
    public IReadOnlyList<SinkRecord> Read()
    {
        if (!File.Exists(_diary))
            return _read;
        using var diary = new FileStream(_diary, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        diary.Position = _readUpTo;
        using var reader = new StreamReader(diary);
        var text = reader.ReadToEnd();
        // The last line may be half written.
        var complete = text[..(text.LastIndexOf('\n') + 1)];
        _readUpTo += System.Text.Encoding.UTF8.GetByteCount(complete);
        _read.AddRange(complete.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<SinkRecord>(line)!));
        return _read;
    }

    public IReadOnlyList<SinkRecord> Copies() => [.. Read().Where(record => record.Event == SinkEvent.Taken)];

    /// <summary>How many connections stood at most at the same time, since a moment.</summary>
    public int MostConnectionsSince(DateTime from)
    {
        var (open, most) = (0, 0);
        foreach (var record in Read())
        {
            open += record.Event switch { SinkEvent.Opened => 1, SinkEvent.Closed => -1, _ => 0 };
            if (record.At >= from)
                most = Math.Max(most, open);
        }

        return most;
    }

    public void Dispose() => _process.Dispose();
}
