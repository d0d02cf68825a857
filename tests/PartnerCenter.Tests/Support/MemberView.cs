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
        IdsOf(await SeeAsync((visibility, reader) => visibility.OpenActionsAsync(reader, filter ?? new(), WholeList)));

    public async Task<long[]> NotificationsAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.NotificationsAsync(reader, filter ?? new(), WholeList)));

    public async Task<long[]> CompletedAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Completed, filter ?? new()), after: null, WholeList)));

    public async Task<long[]> ArchivedAsync(CommunicationFilter? filter = null) =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Archived, filter ?? new()), after: null, WholeList)));

    public async Task<long[]> SnoozedAsync() =>
        IdsOf(await SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Snoozed, new()), after: null, WholeList)));

    /// <summary>The first items of several lists.</summary>
    public async Task<IReadOnlyList<long[]>> FirstOfAsync(params Glance[] glances) =>
        [.. (await SeeAsync((visibility, reader) => visibility.FirstOfAsync(reader, glances))).Select(list => list.Select(row => row.Id).ToArray())];

    /// <summary>A whole list, read page by page as a reader turns the pages.</summary>
    public async Task<long[]> PageByPageAsync(Listing listing, int size)
    {
        List<long> all = [];
        CommunicationList page;
        do
        {
            long? last = all.Count == 0 ? null : all[^1];
            page = await SeeAsync((visibility, reader) => visibility.ListAsync(reader, listing, last, size));
            all.AddRange(page.Rows.Select(row => row.Id));
        }
        while (page.HasMore);
        return [.. all];
    }

    public Task<Neighbors> NeighborsAsync(Listing listing, VisibleCommunication item) =>
        SeeAsync((visibility, reader) => visibility.NeighborsAsync(reader, listing, item));

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

    public Task<bool> MarkUnreadAsync(long id) => DoAsync((verbs, reader) => verbs.MarkUnreadAsync(reader, id));

    public Task<bool> ReopenAsync(long id) => DoAsync((verbs, reader) => verbs.ReopenAsync(reader, id, membership.Person.Name, note: null));

    public Task<bool> SnoozeAsync(long id, DateTime until) => DoAsync((verbs, reader) => verbs.SnoozeAsync(reader, id, until));

    public Task<bool> WakeAsync(long id) => DoAsync((verbs, reader) => verbs.WakeAsync(reader, id));

    public Task<bool> HandOverAsync(long id, Membership colleague, string? note = null) =>
        DoAsync((verbs, reader) => verbs.HandOverAsync(reader, id, new Colleague(colleague.Id, colleague.Person.Name), membership.Person.Name, note));

    public Task<bool> AcceptAsync(long id) => DoAsync((verbs, reader) => verbs.AcceptAsync(reader, id, membership.Person.Name));

    public Task<bool> ReturnAsync(long id, string? note = null) => DoAsync((verbs, reader) => verbs.ReturnAsync(reader, id, membership.Person.Name, note));

    public Task<BatchResult> DoWithAllAsync(CommunicationVerb verb, params long[] ids) =>
        DoAsync((verbs, reader) => verbs.DoWithAllAsync(reader, verb, ids));

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

    private async Task<T> DoAsync<T>(Func<CommunicationVerbs, Reader, Task<T>> verb)
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
