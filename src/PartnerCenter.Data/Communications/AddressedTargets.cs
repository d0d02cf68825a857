using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>Chooses among what is addressed to a reader: what every list, count and look-up is made of.</summary>
internal sealed class AddressedTargets(PartnerCenterDb db, Reader reader, DateTime now)
{
    private static readonly List<int> Shown = [.. CommunicationPolicy.Published.Select(kind => (int)kind)];

    // Asked by every page: what Open says, compiled once.
    private static readonly Func<PartnerCenterDb, IEnumerable<string>, IEnumerable<string>, int, string, string, DateTime, IAsyncEnumerable<OpenRow>> OpenRows =
        EF.CompileAsyncQuery((
            PartnerCenterDb db,
            IEnumerable<string> addressees,
            IEnumerable<string> workspaces,
            int membership,
            string forOrganization,
            string forMember,
            DateTime now) =>
            from target in db.CommunicationTargets
            where addressees.Contains(target.Addressee) && target.Live == 1 && workspaces.Contains(target.Workspace)
            from state in db.MemberStates
                .Where(state => state.MembershipId == membership && state.CommunicationId == target.CommunicationId)
                .DefaultIfEmpty()
            where state.ArchivedAt == null && (state.SnoozedUntil == null || state.SnoozedUntil <= now)
            where !db.Completions.Any(done =>
                done.CommunicationId == target.CommunicationId && (done.CompletedFor == forOrganization || done.CompletedFor == forMember))
            select new OpenRow
            {
                Id = target.CommunicationId,
                Addressee = target.Addressee,
                IsEscalation = target.IsEscalation,
                Kind = target.Kind,
                Workspace = target.Workspace,
                DueAt = target.DueAt,
                ReadAt = state.ReadAt,
                IsMarkedUnread = (bool?)state.IsMarkedUnread,
            });

    /// <summary>Everything that is addressed to the reader and was not taken back, in workspaces that exist for the organization.</summary>
    public IQueryable<CommunicationTarget> All(CommunicationFilter? filter = null)
    {
        var addressees = AddresseesFor(filter ?? new());
        var targets = db.CommunicationTargets
            .AsNoTracking()
            .Where(target => addressees.Contains(target.Addressee) && reader.Workspaces.Contains(target.Workspace))
            .Where(target => Shown.Contains(target.Kind))
            .Where(target => target.Communication.WithdrawnAt == null);
        return filter is null ? targets : Narrow(targets, filter);
    }

    /// <summary>What of one kind is shown now and came one way: one range of an index.</summary>
    public IQueryable<CommunicationTarget> Live(string addressee, CommunicationKind kind)
    {
        var kindNumber = (int)kind;

        // One text instead of a list: EF Core writes a query with a list anew each time, which costs more than running it.
        var existing = $"|{string.Join('|', reader.Workspaces)}|";
        return db.CommunicationTargets
            .AsNoTracking()
            .Where(target => target.Addressee == addressee && target.Live == 1 && target.Kind == kindNumber)
            .Where(target => existing.Contains("|" + target.Workspace + "|"));
    }

    /// <summary>Everything that is open, once for each way by which it came.</summary>
    public ValueTask<List<OpenRow>> OpenRowsAsync(CancellationToken cancellation)
    {
        var (forOrganization, forMember) = reader.DoneKeys();
        return OpenRows(db, AddresseesFor(new()), reader.Workspaces, reader.MembershipId, forOrganization, forMember, now).ToListAsync(cancellation);
    }

    /// <summary>Without what is archived, put off or done.</summary>
    public IQueryable<CommunicationTarget> Open(IQueryable<CommunicationTarget> targets)
    {
        var membership = reader.MembershipId;
        return NotDone(targets.Where(target => !db.MemberStates.Any(state =>
            state.MembershipId == membership
            && state.CommunicationId == target.CommunicationId
            && (state.ArchivedAt != null || state.SnoozedUntil > now))));
    }

    /// <summary>Without what is done.</summary>
    public IQueryable<CommunicationTarget> NotDone(IQueryable<CommunicationTarget> targets)
    {
        var (forOrganization, forMember) = reader.DoneKeys();
        return targets
            .Where(target => !db.Completions.Any(done => done.CompletedFor == forOrganization && done.CommunicationId == target.CommunicationId))
            .Where(target => !db.Completions.Any(done => done.CompletedFor == forMember && done.CommunicationId == target.CommunicationId));
    }

    /// <summary>The keys of the ways by which something can have come.</summary>
    public List<string> AddresseesFor(CommunicationFilter filter) =>
        [.. reader.Paths.Where(path => filter.Role is null || path.Role == filter.Role).Select(path => path.Addressee.Key).Distinct()];

    /// <summary>Only what a filter wants, but for the role.</summary>
    public IQueryable<CommunicationTarget> Narrow(IQueryable<CommunicationTarget> targets, CommunicationFilter filter)
    {
        if (filter.Workspace is { } workspace)
            targets = targets.Where(target => target.Workspace == workspace);
        if (filter.Kind is { } kind)
            targets = targets.Where(target => target.Kind == (int)kind);
        if (filter.Due is { } due)
            targets = NarrowByDue(targets, due);
        if (filter.Unread)
            targets = NarrowToUnread(targets);
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
        var soon = now + CommunicationFilter.Soon;
        return due switch
        {
            DueFilter.Overdue => targets.Where(target => target.DueAt < now),
            DueFilter.Soon => targets.Where(target => target.DueAt >= now && target.DueAt <= soon),
            _ => targets.Where(target => target.DueAt == CommunicationTarget.NoDueDate),
        };
    }

    // What one way made read is read, whichever way it is looked at: as ReaderMarks says, for the database.
    private IQueryable<CommunicationTarget> NarrowToUnread(IQueryable<CommunicationTarget> targets)
    {
        var mine = db.MemberStates.Where(state => state.MembershipId == reader.MembershipId);
        targets = targets.Where(target => !mine.Any(state => state.CommunicationId == target.CommunicationId && state.ReadAt != null && !state.IsMarkedUnread));
        foreach (var mark in reader.Paths.Where(path => path.ReadUpTo > 0).GroupBy(path => path.ReadUpTo, path => path.Addressee.Key))
        {
            var (readUpTo, addressees) = (mark.Key, mark.Distinct().ToList());
            targets = targets.Where(target =>
                target.CommunicationId > readUpTo
                || mine.Any(state => state.CommunicationId == target.CommunicationId && state.IsMarkedUnread)
                || !db.CommunicationTargets.Any(other =>
                    other.CommunicationId == target.CommunicationId && addressees.Contains(other.Addressee) && !other.IsEscalation));
        }

        return targets;
    }
}
