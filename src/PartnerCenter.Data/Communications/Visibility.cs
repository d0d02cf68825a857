using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// The single answer to "what may this member see?", with its counts. Every list, count, search and look-up by id starts here.
/// </summary>
/// <remarks>
/// A list is one index range per path and kind, merged in memory: an OR over all paths would read everything that was ever
/// published. Archived and completed items are kept out inside each range, so that a page is filled from its first rows.
/// </remarks>
public sealed class Visibility(PartnerCenterDb db, TimeProvider time)
{
    private const int ExcerptLength = 280;

    private static readonly List<int> Shown = [.. CommunicationPolicy.Published.Select(kind => (int)kind)];

    private readonly Dictionary<int, CommunicationCounts> _counts = [];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>What waits for the reader. Asked once per request and reader; a second question costs nothing.</summary>
    public async Task<CommunicationCounts> CountAsync(Reader reader, CancellationToken cancellation = default)
    {
        if (_counts.TryGetValue(reader.MembershipId, out var known))
            return known;

        var now = Now;
        var (forOrganization, forMember) = DoneKeys(reader);
        var rows = await (
            from target in Addressed(reader)
            where target.Live == 1
            from state in db.MemberStates
                .Where(state => state.MembershipId == reader.MembershipId && state.CommunicationId == target.CommunicationId)
                .DefaultIfEmpty()
            from done in db.Completions
                .Where(done => done.CommunicationId == target.CommunicationId && (done.CompletedFor == forOrganization || done.CompletedFor == forMember))
                .DefaultIfEmpty()
            select new
            {
                target.CommunicationId,
                target.Addressee,
                target.Kind,
                target.Workspace,
                Read = (DateTime?)state.ReadAt,
                Archived = (DateTime?)state.ArchivedAt,
                IsMarkedUnread = (bool?)state.IsMarkedUnread,
                SnoozedUntil = (DateTime?)state.SnoozedUntil,
                Completed = (DateTime?)done.CompletedAt,
            }).ToListAsync(cancellation);

        var open = rows
            .Where(row => row.Archived is null && row.Completed is null && !(row.SnoozedUntil > now))
            .GroupBy(row => row.CommunicationId)
            .Select(paths => new
            {
                paths.First().Workspace,
                Kind = (CommunicationKind)paths.First().Kind,
                IsRead = IsRead(reader, paths.Key, paths.First().Read, paths.First().IsMarkedUnread == true, paths.Select(path => path.Addressee)),
            })
            .ToList();
        var actions = open.Where(item => CommunicationPolicy.IsAction(item.Kind)).ToList();

        return _counts[reader.MembershipId] = new CommunicationCounts(
            OpenMandatory: open.Count(item => CommunicationPolicy.IsCritical(item.Kind)),
            OpenActions: actions.Count,
            Notifications: open.Count - actions.Count,
            Badge: open.Count(item => CommunicationPolicy.IsCritical(item.Kind) || !item.IsRead),
            OpenActionsByWorkspace: actions.GroupBy(item => item.Workspace).ToDictionary(group => group.Key, group => group.Count()));
    }

    /// <summary>What is shown now, divided at the newest that was published by a time.</summary>
    /// <returns>The newest one of then, 0 if there is none; and all that are newer.</returns>
    public async Task<(long Newest, IReadOnlyList<long> Younger)> SettledAsync(
        Reader reader, DateTime publishedBy, CancellationToken cancellation = default)
    {
        var shown = Addressed(reader).Where(target => target.Live == 1);
        var newest = await shown
            .Where(target => target.Communication.PublishedAt <= publishedBy)
            .MaxAsync(target => (long?)target.CommunicationId, cancellation) ?? 0;
        var younger = await shown
            .Where(target => target.CommunicationId > newest)
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

    /// <summary>The first items of several lists, for what shows a little of each: what they have is read once for all of them.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="lists">Each list, and how many items of it there may be.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The items of each list, in the order of the lists.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<VisibleCommunication>>> FirstOfAsync(
        Reader reader, IReadOnlyCollection<(Listing Listing, int Most)> lists, CancellationToken cancellation = default)
    {
        var ids = new List<IReadOnlyList<long>>();
        foreach (var (listing, most) in lists)
            ids.Add(await IdsAsync(reader, listing, after: null, backward: false, most, cancellation));
        var items = (await LoadAsync(reader, [.. ids.SelectMany(list => list).Distinct()], wholeBody: false, cancellation)).ToDictionary(item => item.Id);
        return [.. ids.Select(list => list.Select(id => items[id]).ToList())];
    }

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
        var ids = await IdsAsync(reader, listing, from, backward: false, size + 1, cancellation);
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
        var before = await IdsAsync(reader, listing, item, backward: true, most: 1, cancellation);
        var after = await IdsAsync(reader, listing, item, backward: false, most: 1, cancellation);
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

    /// <summary>The query behind a list, for whoever has to see how the database runs it.</summary>
    public IQueryable<CommunicationTarget> FirstPageOfActions(Reader reader, int size)
    {
        var listing = new Listing(CommunicationPlace.Actions, new());
        return Seek(reader, listing, new ListOrder(listing, backward: false, Now), after: null, size)!;
    }

    /// <summary>Promotional notifications, the archived ones too, newest first and a page at a time from where the last one ended.</summary>
    public async Task<CommunicationList> AnnouncementsAsync(
        Reader reader, AnnouncementFilter filter, int size, CancellationToken cancellation = default)
    {
        var addressees = reader.Paths.Select(path => path.Addressee.Key).Distinct().ToList();
        var ranges =
            from kind in AnnouncementFilter.Kinds
            from addressee in addressees
            select filter.On(db.CommunicationTargets.AsNoTracking()
                    .Where(target => target.Addressee == addressee && target.Live == 1 && target.Kind == kind)
                    .Where(target => reader.Workspaces.Contains(target.Workspace)))
                .OrderByDescending(target => target.CommunicationId)
                .Take(size + 1);
        var hits = await ranges.Aggregate((all, range) => all.Concat(range)).ToListAsync(cancellation);
        var ids = hits.Select(hit => hit.CommunicationId).Distinct().OrderDescending().Take(size + 1).ToList();
        return new CommunicationList(await LoadAsync(reader, ids.Take(size).ToList(), wholeBody: false, cancellation), ids.Count > size);
    }

    /// <summary>The months in which <see cref="AnnouncementsAsync"/> finds something, as their first days, newest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> AnnouncementMonthsAsync(Reader reader, CancellationToken cancellation = default)
    {
        var months = await Addressed(reader)
            .Where(target => target.Live == 1 && AnnouncementFilter.Kinds.Contains(target.Kind))
            .Select(target => new { target.Communication.PublishedAt.Year, target.Communication.PublishedAt.Month })
            .Distinct()
            .ToListAsync(cancellation);
        return [.. months.Select(month => new DateOnly(month.Year, month.Month, 1)).OrderDescending()];
    }

    private static (string ForOrganization, string ForMember) DoneKeys(Reader reader) =>
        (Completion.ForOrganization(reader.OrganizationId), Completion.ForMember(reader.MembershipId));

    private static bool IsRead(Reader reader, long id, DateTime? readAt, bool isMarkedUnread, IEnumerable<string> addressees) =>
        !isMarkedUnread && (readAt is not null || PathsOf(reader, addressees).Any(path => path.ReadUpTo >= id));

    private static IEnumerable<ReaderPath> PathsOf(Reader reader, IEnumerable<string> addressees) =>
        reader.Paths.Where(path => addressees.Contains(path.Addressee.Key));

    // The last page of a list, or what stands next to an item, is found from the item itself: nobody counts rows to skip.
    private async Task<IReadOnlyList<long>> IdsAsync(
        Reader reader, Listing listing, VisibleCommunication? after, bool backward, int most, CancellationToken cancellation)
    {
        if (listing.Place is not (CommunicationPlace.Actions or CommunicationPlace.Notifications))
            return await DatedIdsAsync(reader, listing, after, backward, most, cancellation);
        if (listing.Sort == CommunicationSort.Title)
            return await IdsByTitleAsync(reader, listing, after, backward, most, cancellation);

        var order = new ListOrder(listing, backward, Now);
        ListPosition? place = after is null ? null : new ListPosition(after.Id, (int)after.Kind, after.DueAt ?? CommunicationTarget.NoDueDate);
        if (Seek(reader, listing, order, place, most) is not { } query)
            return [];
        var hits = await query.Select(target => new { target.CommunicationId, target.Kind, target.DueAt }).ToListAsync(cancellation);
        return [.. order.Merge(hits.Select(hit => new ListPosition(hit.CommunicationId, hit.Kind, hit.DueAt))).Take(most)];
    }

    private IQueryable<CommunicationTarget> Narrow(Reader reader, IQueryable<CommunicationTarget> targets, CommunicationFilter filter)
    {
        if (filter.Workspace is { } workspace)
            targets = targets.Where(target => target.Workspace == workspace);
        if (filter.Kind is { } kind)
            targets = targets.Where(target => target.Kind == (int)kind);
        if (filter.Due is { } due)
            targets = NarrowByDue(targets, due);
        if (filter.Unread)
            targets = NarrowToUnread(reader, targets);
        if (filter.From?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) is { } from)
            targets = targets.Where(target => target.Communication.PublishedAt >= from);
        if (filter.To is { } to && to < DateOnly.MaxValue && to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) is var end)
            targets = targets.Where(target => target.Communication.PublishedAt < end);
        if (filter.Text is { } text)
        {
            var pattern = LikePattern.Containing(text);
            targets = targets.Where(target => db.CommunicationContents.Any(content =>
                content.CommunicationId == target.CommunicationId
                && (content.Language == reader.Language || content.Language == Languages.Default)
                && (EF.Functions.Like(content.Title, pattern, LikePattern.Escape) || EF.Functions.Like(content.Body, pattern, LikePattern.Escape))));
        }

        return targets;
    }

    private IQueryable<CommunicationTarget> NarrowByDue(IQueryable<CommunicationTarget> targets, DueFilter due)
    {
        var (now, soon) = (Now, Now + CommunicationFilter.Soon);
        return due switch
        {
            DueFilter.Overdue => targets.Where(target => target.DueAt < now),
            DueFilter.Soon => targets.Where(target => target.DueAt >= now && target.DueAt <= soon),
            _ => targets.Where(target => target.DueAt == CommunicationTarget.NoDueDate),
        };
    }

    // What one way made read is read, whichever way it is looked at.
    private IQueryable<CommunicationTarget> NarrowToUnread(Reader reader, IQueryable<CommunicationTarget> targets)
    {
        var mine = db.MemberStates.Where(state => state.MembershipId == reader.MembershipId);
        targets = targets.Where(target => !mine.Any(state => state.CommunicationId == target.CommunicationId && state.ReadAt != null && !state.IsMarkedUnread));
        foreach (var mark in reader.Paths.Where(path => path.ReadUpTo > 0).GroupBy(path => path.ReadUpTo, path => path.Addressee.Key))
        {
            var (readUpTo, addressees) = (mark.Key, mark.Distinct().ToList());
            targets = targets.Where(target =>
                target.CommunicationId > readUpTo
                || mine.Any(state => state.CommunicationId == target.CommunicationId && state.IsMarkedUnread)
                || !db.CommunicationTargets.Any(other => other.CommunicationId == target.CommunicationId && addressees.Contains(other.Addressee)));
        }

        return targets;
    }

    private static List<string> AddresseesOf(Reader reader, CommunicationFilter filter) =>
        [.. reader.Paths.Where(path => filter.Role is null || path.Role == filter.Role).Select(path => path.Addressee.Key).Distinct()];

    // Everything that is addressed to the reader and was not taken back, in workspaces that exist for the organization.
    private IQueryable<CommunicationTarget> Addressed(Reader reader, CommunicationFilter? filter = null)
    {
        var addressees = AddresseesOf(reader, filter ?? new());
        var targets = db.CommunicationTargets
            .AsNoTracking()
            .Where(target => addressees.Contains(target.Addressee) && reader.Workspaces.Contains(target.Workspace))
            .Where(target => Shown.Contains(target.Kind))
            .Where(target => target.Communication.WithdrawnAt == null);
        return filter is null ? targets : Narrow(reader, targets, filter);
    }

    private IQueryable<CommunicationTarget>? Seek(Reader reader, Listing listing, ListOrder order, ListPosition? after, int most)
    {
        var ranges =
            from kind in KindsOf(listing.Place)
            let part = order.RangeOf(kind, after)
            where part is not null
            from addressee in AddresseesOf(reader, listing.Filter)
            select Sorted(Within(Narrow(reader, OpenRange(reader, addressee, kind), listing.Filter), part, order), order).Take(most);
        return ranges.Aggregate((IQueryable<CommunicationTarget>?)null, (all, range) => all is null ? range : all.Concat(range));
    }

    private static IReadOnlyList<CommunicationKind> KindsOf(CommunicationPlace place) =>
        place == CommunicationPlace.Notifications ? CommunicationPolicy.Notifications : CommunicationPolicy.Actions;

    private static IQueryable<CommunicationTarget> Sorted(IQueryable<CommunicationTarget> range, ListOrder order) => (order.IsByDue, order.IsDescending) switch
    {
        (true, false) => range.OrderBy(target => target.DueAt).ThenBy(target => target.CommunicationId),
        (true, true) => range.OrderByDescending(target => target.DueAt).ThenByDescending(target => target.CommunicationId),
        (false, false) => range.OrderBy(target => target.CommunicationId),
        (false, true) => range.OrderByDescending(target => target.CommunicationId),
    };

    private static IQueryable<CommunicationTarget> Within(IQueryable<CommunicationTarget> range, ListRange part, ListOrder order)
    {
        if (part.DueFrom is { } from)
            range = range.Where(target => target.DueAt >= from);
        if (part.DueBefore is { } before)
            range = range.Where(target => target.DueAt < before);
        if (part.After is not { } after)
            return range;
        var (due, id) = (after.DueAt, after.Id);
        return (order.IsByDue, order.IsDescending) switch
        {
            (true, false) => range.Where(target => target.DueAt >= due && (target.DueAt > due || target.CommunicationId > id)),
            (true, true) => range.Where(target => target.DueAt <= due && (target.DueAt < due || target.CommunicationId < id)),
            (false, false) => range.Where(target => target.CommunicationId > id),
            (false, true) => range.Where(target => target.CommunicationId < id),
        };
    }

    private IQueryable<CommunicationTarget> OpenRange(Reader reader, string addressee, CommunicationKind kind)
    {
        var kindNumber = (int)kind;

        // One text instead of a list: EF Core writes a query with a list anew each time, which costs more than running it.
        var existing = $"|{string.Join('|', reader.Workspaces)}|";
        return Open(reader, db.CommunicationTargets
            .AsNoTracking()
            .Where(target => target.Addressee == addressee && target.Live == 1 && target.Kind == kindNumber)
            .Where(target => existing.Contains("|" + target.Workspace + "|")));
    }

    // Without what is archived, put off or done.
    private IQueryable<CommunicationTarget> Open(Reader reader, IQueryable<CommunicationTarget> targets)
    {
        var (membership, now) = (reader.MembershipId, Now);
        return NotDone(reader, targets.Where(target => !db.MemberStates.Any(state =>
            state.MembershipId == membership
            && state.CommunicationId == target.CommunicationId
            && (state.ArchivedAt != null || state.SnoozedUntil > now))));
    }

    private IQueryable<CommunicationTarget> NotDone(Reader reader, IQueryable<CommunicationTarget> targets)
    {
        var (forOrganization, forMember) = DoneKeys(reader);
        return targets
            .Where(target => !db.Completions.Any(done => done.CompletedFor == forOrganization && done.CommunicationId == target.CommunicationId))
            .Where(target => !db.Completions.Any(done => done.CompletedFor == forMember && done.CommunicationId == target.CommunicationId));
    }

    // No index has titles in the order of a reader's language: what is open for one reader is little enough to sort.
    private async Task<IReadOnlyList<long>> IdsByTitleAsync(
        Reader reader, Listing listing, VisibleCommunication? after, bool backward, int most, CancellationToken cancellation)
    {
        var kinds = KindsOf(listing.Place).Select(kind => (int)kind).ToList();
        var shown = Open(reader, Addressed(reader, listing.Filter)).Where(target => target.Live == 1 && kinds.Contains(target.Kind));
        // Upper case, because one of the engines puts "a" behind "Z" otherwise. The database does it, in no culture.
#pragma warning disable CA1304, CA1309, CA1311, MA0011
        var titles =
            from id in shown.Select(target => target.CommunicationId).Distinct()
            join content in db.CommunicationContents on id equals content.CommunicationId
            where content.Language == reader.Language
                || (content.Language == Languages.Default
                    && !db.CommunicationContents.Any(other => other.CommunicationId == content.CommunicationId && other.Language == reader.Language))
            select new { content.CommunicationId, Title = content.Title.ToUpper() };
        if (after is not null)
        {
            var place = await db.CommunicationContents
                .Where(content => content.CommunicationId == after.Id && content.Language == after.Language)
                .Select(content => content.Title.ToUpper())
                .SingleAsync(cancellation);
            titles = listing.Descending != backward
                ? titles.Where(row => string.Compare(row.Title, place) < 0 || (row.Title == place && row.CommunicationId < after.Id))
                : titles.Where(row => string.Compare(row.Title, place) > 0 || (row.Title == place && row.CommunicationId > after.Id));
        }
#pragma warning restore CA1304, CA1309, CA1311, MA0011

        var sorted = listing.Descending != backward
            ? titles.OrderByDescending(row => row.Title).ThenByDescending(row => row.CommunicationId)
            : titles.OrderBy(row => row.Title).ThenBy(row => row.CommunicationId);
        return await sorted.Select(row => row.CommunicationId).Take(most).ToListAsync(cancellation);
    }

    private async Task<IReadOnlyList<long>> DatedIdsAsync(
        Reader reader, Listing listing, VisibleCommunication? after, bool backward, int most, CancellationToken cancellation)
    {
        var dated = Dated(reader, listing);
        var isDescending = (listing.Place != CommunicationPlace.Snoozed) != backward;
        if (after is not null && DateIn(listing.Place, after) is { } at)
        {
            dated = isDescending
                ? dated.Where(row => row.At < at || (row.At == at && row.Id < after.Id))
                : dated.Where(row => row.At > at || (row.At == at && row.Id > after.Id));
        }
        else if (after is not null && backward)
        {
            return [];
        }

        var sorted = isDescending
            ? dated.OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            : dated.OrderBy(row => row.At).ThenBy(row => row.Id);
        return await sorted.Select(row => row.Id).Take(most).ToListAsync(cancellation);
    }

    private static DateTime? DateIn(CommunicationPlace place, VisibleCommunication item) => place switch
    {
        CommunicationPlace.Completed => item.Completion?.CompletedAt,
        CommunicationPlace.Archived => item.ArchivedAt,
        _ => item.SnoozedUntil,
    };

    // What a list of the past, or of later, has: the item, and the moment that puts it there.
    private IQueryable<DatedItem> Dated(Reader reader, Listing listing)
    {
        var visible = Addressed(reader, listing.Filter);
        var (membership, now) = (reader.MembershipId, Now);
        if (listing.Place == CommunicationPlace.Completed)
        {
            var (forOrganization, forMember) = DoneKeys(reader);
            return db.Completions
                .Where(done => done.CompletedFor == forOrganization || done.CompletedFor == forMember)
                .Where(done => visible.Any(target => target.CommunicationId == done.CommunicationId))
                .Select(done => new DatedItem { Id = done.CommunicationId, At = done.CompletedAt });
        }

        if (listing.Place == CommunicationPlace.Snoozed)
            visible = NotDone(reader, visible);
        var states = db.MemberStates
            .Where(state => state.MembershipId == membership)
            .Where(state => visible.Any(target => target.CommunicationId == state.CommunicationId));
        if (listing.Place == CommunicationPlace.Archived)
            return states.Where(state => state.ArchivedAt != null).Select(state => new DatedItem { Id = state.CommunicationId, At = state.ArchivedAt!.Value });

        return states
            .Where(state => state.ArchivedAt == null && state.SnoozedUntil > now).Select(state => new DatedItem { Id = state.CommunicationId, At = state.SnoozedUntil!.Value });
    }

    private async Task<IReadOnlyList<VisibleCommunication>> LoadAsync(
        Reader reader, List<long> ids, bool wholeBody, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];

        var (forOrganization, forMember) = DoneKeys(reader);
        var addressees = reader.Paths.Select(path => path.Addressee.Key).Distinct().ToList();
        var communications = await db.Communications.AsNoTracking()
            .Where(communication => ids.Contains(communication.Id))
            .ToDictionaryAsync(communication => communication.Id, cancellation);
        var reached = (await db.CommunicationTargets.AsNoTracking()
                .Where(target => ids.Contains(target.CommunicationId) && addressees.Contains(target.Addressee))
                .Select(target => new { target.CommunicationId, target.Addressee, target.IsEscalation })
                .ToListAsync(cancellation))
            .ToLookup(target => target.CommunicationId);
        var texts = (await db.CommunicationContents.AsNoTracking()
                .Where(content => ids.Contains(content.CommunicationId))
                .Where(content => content.Language == reader.Language || content.Language == Languages.Default)
                .Select(content => new
                {
                    content.CommunicationId,
                    content.Language,
                    content.Title,
                    Body = wholeBody ? content.Body : content.Body.Substring(0, ExcerptLength),
                })
                .ToListAsync(cancellation))
            .ToLookup(content => content.CommunicationId);
        var states = await db.MemberStates.AsNoTracking()
            .Where(state => state.MembershipId == reader.MembershipId && ids.Contains(state.CommunicationId))
            .ToDictionaryAsync(state => state.CommunicationId, cancellation);
        var done = (await db.Completions.AsNoTracking()
                .Where(completion => completion.CompletedFor == forOrganization || completion.CompletedFor == forMember)
                .Where(completion => ids.Contains(completion.CommunicationId))
                .ToListAsync(cancellation))
            .ToDictionary(completion => completion.CommunicationId);

        var handOvers = await HandOversAsync(reader, ids, cancellation);
        var now = Now;

        return [.. ids.Select(id =>
        {
            var communication = communications[id];
            var text = texts[id].OrderByDescending(text => text.Language == reader.Language).First();
            var state = states.GetValueOrDefault(id);
            return new VisibleCommunication
            {
                Id = id,
                Workspace = communication.Workspace,
                Kind = communication.Kind,
                PublishedAt = communication.PublishedAt,
                DueAt = communication.DueAt,
                CompletionScope = communication.Completion,
                Link = communication.Link,
                RequiredByAgreement = communication.RequiredByAgreement,
                Language = text.Language,
                Title = text.Title,
                Body = text.Body,
                IsRead = IsRead(reader, id, state?.ReadAt, state?.IsMarkedUnread == true, reached[id].Select(target => target.Addressee)),
                ReadAt = state?.ReadAt,
                ArchivedAt = state?.ArchivedAt,
                SnoozedUntil = state?.SnoozedUntil > now ? state.SnoozedUntil : null,
                Completion = done.GetValueOrDefault(id),
                HandOver = handOvers.GetValueOrDefault(id),
                IsEscalated = reached[id].All(target => target.IsEscalation),
                Paths = [.. PathsOf(reader, reached[id].Select(target => target.Addressee))],
            };
        })];
    }

    private async Task<Dictionary<long, VisibleHandOver>> HandOversAsync(Reader reader, List<long> ids, CancellationToken cancellation)
    {
        var rows = await (
            from handOver in db.HandOvers.AsNoTracking()
            where handOver.OrganizationId == reader.OrganizationId && ids.Contains(handOver.CommunicationId)
            join giver in db.Memberships.Shown() on handOver.FromMembershipId equals giver.MembershipId
            join taker in db.Memberships.Shown() on handOver.ToMembershipId equals taker.MembershipId
            select new { HandOver = handOver, From = giver.Name, To = taker.Name }).ToListAsync(cancellation);
        return rows.ToDictionary(
            row => row.HandOver.CommunicationId,
            row => new VisibleHandOver(row.HandOver.SideOf(reader.MembershipId), row.From, row.To, row.HandOver.AcceptedAt));
    }

    private sealed class DatedItem
    {
        public required long Id { get; init; }

        public required DateTime At { get; init; }
    }
}
