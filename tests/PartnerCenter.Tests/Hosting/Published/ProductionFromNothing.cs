using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>Brings up a portal in Production from nothing, as the README says: by the commands of the executable alone.</summary>
public sealed class ProductionFromNothing : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new();
    private PortalProcess? _portal;

    internal PortalHost Host { get; } = new();

    internal Ended BeforeMigration { get; private set; } = null!;

    internal List<Ended> Commands { get; } = [];

    internal string ApiKey { get; private set; } = "";

    public async Task InitializeAsync()
    {
        // A mounted volume often starts with an empty file.
        await File.WriteAllBytesAsync(Host.DatabaseFile, []);
        BeforeMigration = await Host.RunAsync();

        string[][] commands =
        [
            ["migrate"],
            ["create-organization", "--key", "alpine-cloud", "--name", "Alpine Cloud", "--admin-name", "Anna Berg", "--admin-email", "anna@alpine.example"],
            ["enroll", "--organization", "alpine-cloud", "--program", "reseller", "partner-network"],
            ["create-operator", "--name", "Olga Visser", "--email", "olga@program.example"],
            ["create-api-key", "--name", "ERP", "--organizations", "alpine-cloud", "--workspaces", "billing", "--kinds", "all", "--days", "30"],
        ];
        foreach (var command in commands)
            Commands.Add(await Host.RunAsync(command));
        ApiKey = Commands[^1].Output.Trim();

        _portal = await Host.StartAsync();
        await _portal.RunsAsync();
        _client.BaseAddress = Host.Url;
    }

    public async Task DisposeAsync()
    {
        if (_portal is not null)
            await _portal.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _client.Dispose();
        if (Directory.Exists(Host.Folder))
            Host.Dispose();
    }

    internal Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    /// <summary>Asks as browsers do, which take a compressed answer.</summary>
    internal async Task<HttpResponseMessage> GetCompressedAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "gzip, br");
        return await _client.SendAsync(request);
    }

    internal Task<HttpResponseMessage> PostFormAsync(string path, params KeyValuePair<string, string>[] fields) =>
        _client.PostAsync(path, new FormUrlEncodedContent(fields));

    internal async Task<HttpResponseMessage> PublishAsync(object communication)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/communications") { Content = JsonContent.Create(communication) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await _client.SendAsync(request);
    }
}
