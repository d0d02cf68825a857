using Microsoft.EntityFrameworkCore;
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

    /// <summary>What waits for the reader. Asked once per request and reader; a second question costs nothing.</summary>
    public async Task<CommunicationCounts> CountAsync(Reader reader, CancellationToken cancellation = default)
    {
        if (_counts.TryGetValue(reader.MembershipId, out var known))
            return known;

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
                Completed = (DateTime?)done.CompletedAt,
            }).ToListAsync(cancellation);

        var open = rows
            .Where(row => row.Archived is null && row.Completed is null)
            .GroupBy(row => row.CommunicationId)
            .Select(paths => new
            {
                paths.First().Workspace,
                Kind = (CommunicationKind)paths.First().Kind,
                IsRead = IsRead(reader, paths.Key, paths.First().Read, paths.Select(path => path.Addressee)),
            })
            .ToList();
        var actions = open.Where(item => CommunicationPolicy.IsAction(item.Kind)).ToList();

        return _counts[reader.MembershipId] = new CommunicationCounts(
            OpenMandatory: open.Count(item => CommunicationPolicy.IsCritical(item.Kind)),
            OpenActions: actions.Count,
            Notifications: open.Count - actions.Count,
            Badge: open.Count(item => CommunicationPolicy.IsCritical(item.Kind) || !item.IsRead),
            OpenActionsByWorkspace: actions.GroupBy(item => item.Workspace).ToDictionary(group => group.Key, group => group.Count()),
            Newest: rows.Select(row => row.CommunicationId).DefaultIfEmpty(0).Max());
    }

    /// <summary>Open actions: overdue first, then mandatory ones by due date, then recommended ones by due date.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="size">How many rows a page has.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<CommunicationList> OpenActionsAsync(
        Reader reader, CommunicationFilter filter, int page, int size, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var wanted = (page * size) + 1;
        var hits = await Seek(reader, CommunicationPolicy.Actions, filter, targets => targets
                .OrderBy(target => target.DueAt)
                .ThenBy(target => target.CommunicationId)
                .Take(wanted))
            .ToListAsync(cancellation);
        return await PageAsync(
            reader,
            hits.DistinctBy(hit => hit.CommunicationId)
                .OrderByDescending(hit => hit.DueAt < now)
                .ThenBy(hit => hit.Kind)
                .ThenBy(hit => hit.DueAt)
                .ThenBy(hit => hit.CommunicationId)
                .Select(hit => hit.CommunicationId),
            page,
            size,
            cancellation);
    }

    /// <summary>Notifications that are not archived, newest first.</summary>
    /// <inheritdoc cref="OpenActionsAsync" path="/param"/>
    public async Task<CommunicationList> NotificationsAsync(
        Reader reader, CommunicationFilter filter, int page, int size, CancellationToken cancellation = default)
    {
        var wanted = (page * size) + 1;
        var hits = await Seek(reader, CommunicationPolicy.Notifications, filter, targets => targets
                .OrderByDescending(target => target.CommunicationId)
                .Take(wanted))
            .ToListAsync(cancellation);
        return await PageAsync(
            reader,
            hits.Select(hit => hit.CommunicationId).Distinct().OrderDescending(),
            page,
            size,
            cancellation);
    }

    /// <summary>Actions that are done, the latest first.</summary>
    /// <inheritdoc cref="OpenActionsAsync" path="/param"/>
    public async Task<CommunicationList> CompletedAsync(
        Reader reader, CommunicationFilter filter, int page, int size, CancellationToken cancellation = default)
    {
        var (forOrganization, forMember) = DoneKeys(reader);
        var visible = Narrow(Addressed(reader), filter);
        var ids = await db.Completions
            .Where(done => done.CompletedFor == forOrganization || done.CompletedFor == forMember)
            .Where(done => visible.Any(target => target.CommunicationId == done.CommunicationId))
            .OrderByDescending(done => done.CompletedAt)
            .ThenByDescending(done => done.CommunicationId)
            .Select(done => done.CommunicationId)
            .Take((page * size) + 1)
            .ToListAsync(cancellation);
        return await PageAsync(reader, ids, page, size, cancellation);
    }

    /// <summary>What the reader has archived, the latest first.</summary>
    /// <inheritdoc cref="OpenActionsAsync" path="/param"/>
    public async Task<CommunicationList> ArchivedAsync(
        Reader reader, CommunicationFilter filter, int page, int size, CancellationToken cancellation = default)
    {
        var visible = Narrow(Addressed(reader), filter);
        var ids = await db.MemberStates
            .Where(state => state.MembershipId == reader.MembershipId && state.ArchivedAt != null)
            .Where(state => visible.Any(target => target.CommunicationId == state.CommunicationId))
            .OrderByDescending(state => state.ArchivedAt)
            .ThenByDescending(state => state.CommunicationId)
            .Select(state => state.CommunicationId)
            .Take((page * size) + 1)
            .ToListAsync(cancellation);
        return await PageAsync(reader, ids, page, size, cancellation);
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

    /// <summary>The query behind a list, for whoever has to see how the database runs it.</summary>
    public IQueryable<CommunicationTarget> FirstPageOfActions(Reader reader, int size) =>
        Seek(reader, CommunicationPolicy.Actions, new(), targets => targets
            .OrderBy(target => target.DueAt)
            .ThenBy(target => target.CommunicationId)
            .Take(size));

    private static (string ForOrganization, string ForMember) DoneKeys(Reader reader) =>
        (Completion.ForOrganization(reader.OrganizationId), Completion.ForMember(reader.MembershipId));

    private static bool IsRead(Reader reader, long id, DateTime? readAt, IEnumerable<string> addressees) =>
        readAt is not null || PathsOf(reader, addressees).Any(path => path.ReadUpTo >= id);

    private static IEnumerable<ReaderPath> PathsOf(Reader reader, IEnumerable<string> addressees) =>
        reader.Paths.Where(path => addressees.Contains(path.Addressee.Key));

    private static IQueryable<CommunicationTarget> Narrow(IQueryable<CommunicationTarget> targets, CommunicationFilter filter)
    {
        if (filter.Workspace is { } workspace)
            targets = targets.Where(target => target.Workspace == workspace);
        if (filter.Kind is { } kind)
            targets = targets.Where(target => target.Kind == (int)kind);
        return targets;
    }

    // Everything that is addressed to the reader and was not taken back, in workspaces that exist for the organization.
    private IQueryable<CommunicationTarget> Addressed(Reader reader)
    {
        var addressees = reader.Paths.Select(path => path.Addressee.Key).Distinct().ToList();
        return db.CommunicationTargets
            .AsNoTracking()
            .Where(target => addressees.Contains(target.Addressee) && reader.Workspaces.Contains(target.Workspace))
            .Where(target => Shown.Contains(target.Kind))
            .Where(target => target.Communication.WithdrawnAt == null);
    }

    private IQueryable<CommunicationTarget> Seek(
        Reader reader,
        IEnumerable<CommunicationKind> kinds,
        CommunicationFilter filter,
        Func<IQueryable<CommunicationTarget>, IQueryable<CommunicationTarget>> firstRows)
    {
        var addressees = reader.Paths.Select(path => path.Addressee.Key).Distinct().ToList();
        var ranges =
            from kind in kinds
            from addressee in addressees
            select firstRows(Narrow(OpenRange(reader, addressee, kind), filter));
        return ranges.Aggregate((all, range) => all.Concat(range));
    }

    private IQueryable<CommunicationTarget> OpenRange(Reader reader, string addressee, CommunicationKind kind)
    {
        var (forOrganization, forMember) = DoneKeys(reader);
        var (kindNumber, membership) = ((int)kind, reader.MembershipId);

        // One text instead of a list: EF Core writes a query with a list anew each time, which costs more than running it.
        var existing = $"|{string.Join('|', reader.Workspaces)}|";
        return db.CommunicationTargets
            .AsNoTracking()
            .Where(target => target.Addressee == addressee && target.Live == 1 && target.Kind == kindNumber)
            .Where(target => existing.Contains("|" + target.Workspace + "|"))
            .Where(target => !db.MemberStates.Any(state =>
                state.MembershipId == membership && state.CommunicationId == target.CommunicationId && state.ArchivedAt != null))
            .Where(target => !db.Completions.Any(done => done.CompletedFor == forOrganization && done.CommunicationId == target.CommunicationId))
            .Where(target => !db.Completions.Any(done => done.CompletedFor == forMember && done.CommunicationId == target.CommunicationId));
    }

    private async Task<CommunicationList> PageAsync(
        Reader reader, IEnumerable<long> ids, int page, int size, CancellationToken cancellation)
    {
        var rest = ids.Skip((page - 1) * size).Take(size + 1).ToList();
        return new CommunicationList(
            await LoadAsync(reader, rest.Take(size).ToList(), wholeBody: false, cancellation),
            HasMore: rest.Count > size);
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
                .Select(target => new { target.CommunicationId, target.Addressee })
                .ToListAsync(cancellation))
            .ToLookup(target => target.CommunicationId, target => target.Addressee);
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
                IsRead = IsRead(reader, id, state?.ReadAt, reached[id]),
                ReadAt = state?.ReadAt,
                ArchivedAt = state?.ArchivedAt,
                Completion = done.GetValueOrDefault(id),
                Paths = [.. PathsOf(reader, reached[id])],
            };
        })];
    }
}
