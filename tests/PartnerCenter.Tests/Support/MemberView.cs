using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Tests.Support;

/// <summary>What one member finds and does in the portal. Everything is asked afresh, as a new request asks it.</summary>
public sealed class MemberView(TemporaryDatabase database, Membership membership)
{
    private const int WholeList = 200;

    public async Task<long[]> OpenActionsAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.OpenActionsAsync(reader, filter ?? new(), page: 1, WholeList)));

    public async Task<long[]> NotificationsAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.NotificationsAsync(reader, filter ?? new(), page: 1, WholeList)));

    public async Task<long[]> CompletedAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.CompletedAsync(reader, filter ?? new(), page: 1, WholeList)));

    public async Task<long[]> ArchivedAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.ArchivedAsync(reader, filter ?? new(), page: 1, WholeList)));

    public Task<CommunicationCounts> CountAsync() => SeeAsync((visibility, reader) => visibility.CountAsync(reader));

    public Task<VisibleCommunication?> FindAsync(long id, string? language = null) =>
        SeeAsync((visibility, reader) => visibility.FindAsync(reader, id), language);

    public async Task<long[]> SearchAsync(string words, string? language = null) =>
        [.. (await SeeAsync((visibility, reader) => visibility.SearchAsync(reader, words, most: 20), language)).Select(row => row.Id)];

    public Task<bool> ReadAsync(long id) => DoAsync((verbs, reader) => verbs.ReadAsync(reader, id));

    public Task<bool> ArchiveAsync(long id) => DoAsync((verbs, reader) => verbs.ArchiveAsync(reader, id));

    public Task<bool> RestoreAsync(long id) => DoAsync((verbs, reader) => verbs.RestoreAsync(reader, id));

    public Task<bool> CompleteAsync(long id, string? note = null) =>
        DoAsync((verbs, reader) => verbs.CompleteAsync(reader, id, membership.Person.Name, note));

    public Task ReadAllAsync() => DoAsync(async (verbs, reader) =>
    {
        await verbs.ReadAllAsync(reader);
        return true;
    });

    public async Task<T> SeeAsync<T>(Func<Visibility, Reader, Task<T>> look, string? language = null)
    {
        var reader = await database.Scenario.ReaderAsync(membership, language);
        await using var scope = database.Scope();
        return await look(scope.ServiceProvider.GetRequiredService<Visibility>(), reader);
    }

    private async Task<bool> DoAsync(Func<CommunicationVerbs, Reader, Task<bool>> verb)
    {
        var reader = await database.Scenario.ReaderAsync(membership);
        await using var scope = database.Scope();
        return await verb(scope.ServiceProvider.GetRequiredService<CommunicationVerbs>(), reader);
    }

    private static long[] IdsOf(CommunicationList list)
    {
        Assert.False(list.HasMore);
        return [.. list.Rows.Select(row => row.Id)];
    }
}
