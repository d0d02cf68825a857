using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>Chooses among what is addressed to a reader: what every list, count and look-up is made of.</summary>
internal sealed class AddressedTargets(PartnerCenterDb db, Reader reader, DateTime now)
{
    private static readonly List<int> Shown = [.. CommunicationPolicy.Published.Select(kind => (int)kind)];

    /// <summary>Everything that is addressed to the reader and was not taken back, in workspaces that exist for the organization.</summary>
    public IQueryable<CommunicationTarget> All(CommunicationFilter? filter = null)
    {
        var targets = InExistingWorkspaces(db.CommunicationTargets.AsNoTracking().WhereOneOf(target => target.Addressee, AddresseesFor(filter ?? new())))
            .Where(target => Shown.Contains(target.Kind))
            .Where(target => target.Communication.WithdrawnAt == null);
        return filter is null ? targets : Narrow(targets, filter);
    }

    /// <summary>What of one kind is shown now and came one way: one range of an index.</summary>
    public IQueryable<CommunicationTarget> Live(string addressee, CommunicationKind kind)
    {
        var kindNumber = (int)kind;
        return InExistingWorkspaces(db.CommunicationTargets
            .AsNoTracking()
            .Where(target => target.Addressee == addressee && target.Live == 1 && target.Kind == kindNumber));
    }

    /// <summary>Everything that is open, once for each way by which it came.</summary>
    public Task<List<OpenRow>> OpenRowsAsync(CancellationToken cancellation)
    {
        var (membership, organization) = (reader.MembershipId, reader.OrganizationId);
        var live = InExistingWorkspaces(db.CommunicationTargets.WhereOneOf(target => target.Addressee, AddresseesFor(new())).Where(target => target.Live == 1));
        return (
            from target in Open(live)
            from state in db.MemberStates
                .Where(state => state.MembershipId == membership && state.CommunicationId == target.CommunicationId)
                .DefaultIfEmpty()
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
                IsHandedOver = db.HandOvers.Any(handOver => handOver.OrganizationId == organization && handOver.CommunicationId == target.CommunicationId),
            })
            .AsNoTracking()
            .ToListAsync(cancellation);
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

    // One text instead of a list: see OneOf. The workspaces narrow nothing that an index could find.
    private IQueryable<CommunicationTarget> InExistingWorkspaces(IQueryable<CommunicationTarget> targets)
    {
        var existing = $"|{string.Join('|', reader.Workspaces)}|";
        return targets.Where(target => existing.Contains("|" + target.Workspace + "|"));
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
