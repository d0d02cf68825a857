using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>Finds what stands on a page of a list, as ids.</summary>
/// <remarks>
/// A list is one index range per path and kind, merged in memory: an OR over all paths would read everything that was ever
/// published. Archived and completed items are kept out inside each range, so that a page is filled from its first rows.
/// </remarks>
internal sealed class ListPages(PartnerCenterDb db, Reader reader, DateTime now)
{
    private readonly AddressedTargets _targets = new(db, reader, now);

    /// <summary>The next ids of a list.</summary>
    /// <param name="listing">The list.</param>
    /// <param name="after">The item from which they are found, so that nobody counts rows to skip; null at the beginning.</param>
    /// <param name="backward">Walks to the beginning of the list.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<long>> IdsAsync(
        Listing listing, VisibleCommunication? after, bool backward, int most, CancellationToken cancellation)
    {
        if (listing.Sort == CommunicationSort.Title)
            return await IdsByTitleAsync(listing, after, backward, most, cancellation);
        if (listing.IsDated)
            return await DatedIdsAsync(listing, after, backward, most, cancellation);

        var order = new ListOrder(listing, backward, now);
        ListPosition? place = after is null ? null : new ListPosition(after.Id, (int)after.Kind, after.DueAt ?? CommunicationTarget.NoDueDate);
        if (Seek(listing, order, place, most) is not { } query)
            return [];
        var hits = await query.Select(target => new { target.CommunicationId, target.Kind, target.DueAt }).ToListAsync(cancellation);
        return [.. order.Merge(hits.Select(hit => new ListPosition(hit.CommunicationId, hit.Kind, hit.DueAt))).Take(most)];
    }

    /// <summary>The query behind a list of what is shown now; null when nothing of it is left.</summary>
    public IQueryable<CommunicationTarget>? Seek(Listing listing, ListOrder order, ListPosition? after, int most)
    {
        var ranges =
            from kind in Listing.KindsOf(listing.Place)
            from part in order.RangesOf(kind, after)
            from addressee in _targets.AddresseesFor(listing.Filter)
            select Sorted(Within(_targets.Narrow(RangeOf(listing.Place, addressee, kind), listing.Filter), part, order), order).Take(most);
        return ranges.Aggregate((IQueryable<CommunicationTarget>?)null, (all, range) => all is null ? range : all.Concat(range));
    }

    private IQueryable<CommunicationTarget> RangeOf(CommunicationPlace place, string addressee, CommunicationKind kind)
    {
        var live = _targets.Live(addressee, kind);
        return place == CommunicationPlace.Announcements ? live : _targets.Open(live);
    }

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

    // No index has titles in the order of a reader's language: what is in a list of one reader is little enough to sort.
    private async Task<IReadOnlyList<long>> IdsByTitleAsync(
        Listing listing, VisibleCommunication? after, bool backward, int most, CancellationToken cancellation)
    {
        var ids = listing.IsDated ? Dated(listing).Select(row => row.Id) : OpenIds(listing);
        // Upper case, because one of the engines puts "a" behind "Z" otherwise. The database does it, in no culture.
#pragma warning disable CA1304, CA1309, CA1311, MA0011
        var titles =
            from id in ids
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
            titles = listing.IsDescending != backward
                ? titles.Where(row => string.Compare(row.Title, place) < 0 || (row.Title == place && row.CommunicationId < after.Id))
                : titles.Where(row => string.Compare(row.Title, place) > 0 || (row.Title == place && row.CommunicationId > after.Id));
        }
#pragma warning restore CA1304, CA1309, CA1311, MA0011

        var sorted = listing.IsDescending != backward
            ? titles.OrderByDescending(row => row.Title).ThenByDescending(row => row.CommunicationId)
            : titles.OrderBy(row => row.Title).ThenBy(row => row.CommunicationId);
        return await sorted.Select(row => row.CommunicationId).Take(most).ToListAsync(cancellation);
    }

    private async Task<IReadOnlyList<long>> DatedIdsAsync(
        Listing listing, VisibleCommunication? after, bool backward, int most, CancellationToken cancellation)
    {
        var dated = Dated(listing);
        var isDescending = listing.IsDescending != backward;
        if (listing.Sort == CommunicationSort.Published)
            return await IdsByPublicationAsync(dated.Select(row => row.Id), after?.Id, isDescending, most, cancellation);
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

    private static async Task<IReadOnlyList<long>> IdsByPublicationAsync(
        IQueryable<long> ids, long? after, bool isDescending, int most, CancellationToken cancellation)
    {
        if (after is { } from)
            ids = isDescending ? ids.Where(id => id < from) : ids.Where(id => id > from);
        return await (isDescending ? ids.OrderByDescending(id => id) : ids.OrderBy(id => id)).Take(most).ToListAsync(cancellation);
    }

    private IQueryable<long> OpenIds(Listing listing)
    {
        var kinds = Listing.KindsOf(listing.Place).Select(kind => (int)kind).ToList();
        return _targets.Open(_targets.All(listing.Filter))
            .Where(target => target.Live == 1 && kinds.Contains(target.Kind))
            .Select(target => target.CommunicationId)
            .Distinct();
    }

    private static DateTime? DateIn(CommunicationPlace place, VisibleCommunication item) => place switch
    {
        CommunicationPlace.Completed => item.Completion?.CompletedAt,
        CommunicationPlace.Archived => item.ArchivedAt,
        _ => item.SnoozedUntil,
    };

    // What a list of the past, or of later, has: the item, and the moment that puts it there.
    private IQueryable<DatedItem> Dated(Listing listing)
    {
        var visible = _targets.All(listing.Filter);
        var membership = reader.MembershipId;
        if (listing.Place == CommunicationPlace.Completed)
        {
            var (forOrganization, forMember) = reader.DoneKeys();
            return db.Completions
                .Where(done => done.CompletedFor == forOrganization || done.CompletedFor == forMember)
                .Where(done => visible.Any(target => target.CommunicationId == done.CommunicationId))
                .Select(done => new DatedItem { Id = done.CommunicationId, At = done.CompletedAt });
        }

        if (listing.Place == CommunicationPlace.Snoozed)
            visible = _targets.NotDone(visible);
        var states = db.MemberStates
            .Where(state => state.MembershipId == membership)
            .Where(state => visible.Any(target => target.CommunicationId == state.CommunicationId));
        if (listing.Place == CommunicationPlace.Archived)
            return states.Where(state => state.ArchivedAt != null).Select(state => new DatedItem { Id = state.CommunicationId, At = state.ArchivedAt!.Value });

        return states
            .Where(state => state.ArchivedAt == null && state.SnoozedUntil > now).Select(state => new DatedItem { Id = state.CommunicationId, At = state.SnoozedUntil!.Value });
    }

    private sealed class DatedItem
    {
        public required long Id { get; init; }

        public required DateTime At { get; init; }
    }
}
