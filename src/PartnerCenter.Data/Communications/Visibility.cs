using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// The single answer to "what may this member see?", with its counts. Every list, count, search and look-up by id starts here.
/// </summary>
public sealed class Visibility(PartnerCenterDb db, TimeProvider time)
{
    private readonly Dictionary<int, OpenItems> _open = [];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>What waits for the reader. Asked once per request and reader; a second question costs nothing.</summary>
    public async Task<CommunicationCounts> CountAsync(Reader reader, CancellationToken cancellation = default) =>
        (await OpenAsync(reader, cancellation)).Counts;

    /// <summary>What is open for the reader and is mailed to those, too, who gained access after it was published.</summary>
    public async Task<IReadOnlyList<long>> OpenForLatecomersAsync(Reader reader, CancellationToken cancellation = default) =>
        (await OpenAsync(reader, cancellation)).ForLatecomers;

    /// <summary>The first items of several lists, for pages that show a little of each: they are chosen from what is counted anyway.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="glances">What is shown of each list.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The items of each list, in the order of the lists.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<VisibleCommunication>>> FirstOfAsync(
        Reader reader, IReadOnlyCollection<Glance> glances, CancellationToken cancellation = default)
    {
        var open = await OpenAsync(reader, cancellation);
        var lists = glances.Select(glance => open.FirstOf(glance).ToList()).ToList();
        var ids = lists.SelectMany(list => list).Distinct().ToList();
        var items = await new VisibleLoader(db, reader, Now).LoadAsync(ids, open.MarksOf(ids), wholeBody: false, cancellation);
        var byId = items.ToDictionary(item => item.Id);
        return [.. lists.Select(list => list.Select(id => byId[id]).ToList())];
    }

    /// <summary>What is shown now, divided at the newest that was published by a time.</summary>
    /// <returns>
    /// The newest one of then, 0 if there is none; and all that are newer, or came later than they were published: what a mark for
    /// everything up to the newest leaves out.
    /// </returns>
    public async Task<(long Newest, IReadOnlyList<long> Younger)> SettledAsync(
        Reader reader, DateTime publishedBy, CancellationToken cancellation = default)
    {
        var shown = Addressed(reader).Where(target => target.Live == 1);
        var newest = await shown
            .Where(target => target.Communication.PublishedAt <= publishedBy)
            .MaxAsync(target => (long?)target.CommunicationId, cancellation) ?? 0;
        var younger = await shown
            .Where(target => target.CommunicationId > newest || target.IsEscalation)
            .Select(target => target.CommunicationId)
            .Distinct()
            .ToListAsync(cancellation);
        return (newest, younger);
    }

    /// <summary>Open actions as they press: overdue first, then mandatory ones by due date, then recommended ones by due date.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="size">How many rows there may be.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CommunicationList> OpenActionsAsync(
        Reader reader, CommunicationFilter filter, int size, CancellationToken cancellation = default) =>
        ListAsync(reader, new Listing(CommunicationPlace.Actions, filter), after: null, size, cancellation);

    /// <summary>Notifications that are not archived, the newest first.</summary>
    /// <inheritdoc cref="OpenActionsAsync" path="/param"/>
    public Task<CommunicationList> NotificationsAsync(
        Reader reader, CommunicationFilter filter, int size, CancellationToken cancellation = default) =>
        ListAsync(reader, new Listing(CommunicationPlace.Notifications, filter), after: null, size, cancellation);

    /// <summary>One page of a list. It reads no more than it shows, however far down the page is.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="listing">What is listed.</param>
    /// <param name="after">The last item of the page before; null for the first page, which is also shown when there is no such item.</param>
    /// <param name="size">How many rows a page has.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<CommunicationList> ListAsync(
        Reader reader, Listing listing, long? after, int size, CancellationToken cancellation = default)
    {
        var from = after is { } id ? await FindAsync(reader, id, cancellation) : null;
        var ids = await new ListPages(db, reader, Now).IdsAsync(listing, from, backward: false, size + 1, cancellation);
        return new CommunicationList(await LoadAsync(reader, [.. ids.Take(size)], wholeBody: false, cancellation), HasMore: ids.Count > size);
    }

    /// <summary>What stands before and after an item in a list.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="listing">The list.</param>
    /// <param name="item">The item, or one that would stand there if the list still had it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Neighbors> NeighborsAsync(
        Reader reader, Listing listing, VisibleCommunication item, CancellationToken cancellation = default)
    {
        var pages = new ListPages(db, reader, Now);
        var before = await pages.IdsAsync(listing, item, backward: true, most: 1, cancellation);
        var after = await pages.IdsAsync(listing, item, backward: false, most: 1, cancellation);
        return new Neighbors(before.Count > 0 ? before[0] : null, after.Count > 0 ? after[0] : null);
    }

    /// <summary>What is shown now and has a word in its title, newest first.</summary>
    public async Task<IReadOnlyList<VisibleCommunication>> SearchAsync(
        Reader reader, string words, int most, CancellationToken cancellation = default)
    {
        var shown = Addressed(reader).Where(target => target.Live == 1);
        var pattern = LikePattern.Containing(words);
        var ids = await db.CommunicationContents
            .Where(content => content.Language == reader.Language || content.Language == Languages.Default)
            .Where(content => EF.Functions.Like(content.Title, pattern, LikePattern.Escape))
            .Where(content => shown.Any(target => target.CommunicationId == content.CommunicationId))
            .Select(content => content.CommunicationId)
            .Distinct()
            .OrderByDescending(id => id)
            .Take(most)
            .ToListAsync(cancellation);
        return await LoadAsync(reader, ids, wholeBody: false, cancellation);
    }

    /// <returns>The communication, or null: one that does not exist and one that is not for this reader are the same.</returns>
    public async Task<VisibleCommunication?> FindAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        await Addressed(reader).AnyAsync(target => target.CommunicationId == id, cancellation)
            ? (await LoadAsync(reader, [id], wholeBody: true, cancellation)).SingleOrDefault()
            : null;

    /// <returns>Those of these communications that the reader may see.</returns>
    public async Task<IReadOnlyList<VisibleCommunication>> FindAllAsync(
        Reader reader, IReadOnlyCollection<long> ids, CancellationToken cancellation = default) =>
        await LoadAsync(
            reader,
            await Addressed(reader).Where(target => ids.Contains(target.CommunicationId)).Select(target => target.CommunicationId).Distinct().ToListAsync(cancellation),
            wholeBody: false,
            cancellation);

    /// <summary>The months in which announcements were published, as their first days, newest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> AnnouncementMonthsAsync(Reader reader, CancellationToken cancellation = default)
    {
        var kinds = Listing.KindsOf(CommunicationPlace.Announcements).Select(kind => (int)kind).ToList();
        var months = await Addressed(reader)
            .Where(target => target.Live == 1 && kinds.Contains(target.Kind))
            .Select(target => new { target.Communication.PublishedAt.Year, target.Communication.PublishedAt.Month })
            .Distinct()
            .ToListAsync(cancellation);
        return [.. months.Select(month => new DateOnly(month.Year, month.Month, 1)).OrderDescending()];
    }

    /// <summary>The query behind a list, for whoever has to see how the database runs it.</summary>
    public IQueryable<CommunicationTarget> FirstPageOfActions(Reader reader, int size)
    {
        var listing = new Listing(CommunicationPlace.Actions, new());
        return new ListPages(db, reader, Now).Seek(listing, new ListOrder(listing, backward: false, Now), after: null, size)!;
    }

    private IQueryable<CommunicationTarget> Addressed(Reader reader) => new AddressedTargets(db, reader, Now).All();

    private Task<IReadOnlyList<VisibleCommunication>> LoadAsync(Reader reader, IReadOnlyList<long> ids, bool wholeBody, CancellationToken cancellation) =>
        new VisibleLoader(db, reader, Now).LoadAsync(ids, wholeBody, cancellation);

    private async Task<OpenItems> OpenAsync(Reader reader, CancellationToken cancellation)
    {
        if (_open.TryGetValue(reader.MembershipId, out var known))
            return known;

        var now = Now;
        return _open[reader.MembershipId] = new OpenItems(reader, await new AddressedTargets(db, reader, now).OpenRowsAsync(cancellation), now);
    }
}
