using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PartnerCenter.FaultTests.Relay;

/// <summary>
/// A mail relay that takes every mail, keeps a diary and misbehaves as it is told. It runs in a process of its own, so that nothing that
/// befalls a portal can befall what was really received. The script comes by standard input, whose end is also the relay's.
/// </summary>
internal sealed class Sink : IDisposable
{
    private readonly StreamWriter _diary;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<(Act Act, string To), int> _done = new();

    private readonly ConcurrentDictionary<int, TcpClient> _open = new();

    private volatile IReadOnlyList<Act> _script = [];
    private int _connections;

    private Sink(string diary)
    {
        _diary = new StreamWriter(new FileStream(diary, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        Certificate = ExpiredCertificate();
    }

    /// <summary>One that nobody should trust.</summary>
    public X509Certificate2 Certificate { get; }

    /// <param name="diary">The file of <see cref="SinkRecord"/>s, one JSON line each.</param>
    /// <param name="port">0 for any that is free.</param>
    public static async Task<int> RunAsync(string diary, int port)
    {
        using var sink = new Sink(diary);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(backlog: 512);
        await Console.Out.WriteLineAsync($"listening {((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = sink.ListenAsync(listener);

        while (await Console.In.ReadLineAsync() is { } script)
        {
            sink._script = JsonSerializer.Deserialize<IReadOnlyList<Act>>(script)!;
            sink._done.Clear();
            sink.HangUp();
            await Console.Out.WriteLineAsync("scripted");
        }

        return 0;
    }

    public void Dispose()
    {
        _diary.Dispose();
        Certificate.Dispose();
    }

    /// <summary>What is to be done otherwise now, and counts it.</summary>
    /// <param name="at">The phase.</param>
    /// <param name="to">The recipient, once one is known.</param>
    public Act? Next(Phase at, string? to)
    {
        foreach (var act in _script)
        {
            if (act.At != at || (act.To is { } start && to?.StartsWith(start, StringComparison.Ordinal) != true))
                continue;
            if (_done.AddOrUpdate((act, to ?? ""), 1, (_, done) => done + 1) <= act.Times)
                return act;
        }

        return null;
    }

    public void Write(SinkRecord record)
    {
        var line = JsonSerializer.Serialize(record);
        lock (_writing)
            _diary.WriteLine(line);
    }

    // A portal that keeps its connections would not meet what the script has for their beginning.
    private void HangUp()
    {
        foreach (var client in _open.Values)
            client.Close();
    }

    private async Task ListenAsync(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            _ = ServeAsync(client, Interlocked.Increment(ref _connections));
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            client.NoDelay = true;
            _open[number] = client;
            Write(new() { Event = SinkEvent.Opened, At = DateTime.UtcNow, Connection = number });
            try
            {
                await using var conversation = new SinkConversation(this, client.GetStream(), number);
                await conversation.TalkAsync();
            }
            catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The portal was killed, or hung up on what it was told; or the script is another one now.
            }

            _open.TryRemove(number, out _);

            Write(new() { Event = SinkEvent.Closed, At = DateTime.UtcNow, Connection = number });
        }
    }

    private static X509Certificate2 ExpiredCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(-1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
