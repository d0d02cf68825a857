using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>Reads communications as a reader sees them. Which they may see was decided before.</summary>
internal sealed class VisibleLoader(PartnerCenterDb db, Reader reader, DateTime now)
{
    private const int ExcerptLength = 280;

    /// <param name="ids">The communications that are wanted; the answer has their order.</param>
    /// <param name="wholeBody">The whole text, instead of its beginning.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<VisibleCommunication>> LoadAsync(IReadOnlyList<long> ids, bool wholeBody, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];

        var rows = (await RowsAsync(ids, wholeBody, cancellation)).ToLookup(row => row.Communication.Id);
        var handOvers = rows.Any(row => row.First().IsHandedOver) ? await HandOversAsync(ids, cancellation) : [];
        return [.. ids.Select(id => From([.. rows[id]], handOvers.GetValueOrDefault(id)))];
    }

    // One row for each way by which it came and each language that it has of the reader's and the default one.
    private Task<List<VisibleRow>> RowsAsync(IReadOnlyList<long> ids, bool wholeBody, CancellationToken cancellation)
    {
        var (forOrganization, forMember) = reader.DoneKeys();
        var (membership, organization, language) = (reader.MembershipId, reader.OrganizationId, reader.Language);
        var targets = db.CommunicationTargets
            .WhereOneOf(target => target.CommunicationId, ids)
            .WhereOneOf(target => target.Addressee, [.. reader.Paths.Select(path => path.Addressee.Key).Distinct()]);
        return (
            from target in targets
            join communication in db.Communications on target.CommunicationId equals communication.Id
            join content in db.CommunicationContents on target.CommunicationId equals content.CommunicationId
            where content.Language == language || content.Language == Languages.Default
            from state in db.MemberStates
                .Where(state => state.MembershipId == membership && state.CommunicationId == target.CommunicationId)
                .DefaultIfEmpty()
            from done in db.Completions
                .Where(done => done.CommunicationId == target.CommunicationId && (done.CompletedFor == forOrganization || done.CompletedFor == forMember))
                .DefaultIfEmpty()
            select new VisibleRow
            {
                Communication = communication,
                Addressee = target.Addressee,
                IsEscalation = target.IsEscalation,
                Language = content.Language,
                Title = content.Title,
                Body = wholeBody ? content.Body : content.Body.Substring(0, ExcerptLength),
                State = state,
                Completion = done,
                IsHandedOver = db.HandOvers.Any(handOver => handOver.OrganizationId == organization && handOver.CommunicationId == target.CommunicationId),
            })
            .AsNoTracking()
            .ToListAsync(cancellation);
    }

    private VisibleCommunication From(List<VisibleRow> rows, VisibleHandOver? handOver)
    {
        var text = rows.Find(row => row.Language == reader.Language) ?? rows[0];
        var (communication, state) = (text.Communication, text.State);
        var arrivals = rows.Select(row => new Arrival(row.Addressee, row.IsEscalation)).Distinct().ToList();
        return new VisibleCommunication
        {
            Id = communication.Id,
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
            IsRead = reader.HasRead(communication.Id, state?.ReadAt, state?.IsMarkedUnread == true, arrivals),
            ReadAt = state?.ReadAt,
            ArchivedAt = state?.ArchivedAt,
            SnoozedUntil = state?.SnoozedUntil > now ? state.SnoozedUntil : null,
            Completion = text.Completion,
            HandOver = handOver,
            IsEscalated = arrivals.TrueForAll(arrival => arrival.IsEscalation),
            Paths = [.. reader.PathsOf(arrivals)],
        };
    }

    private async Task<Dictionary<long, VisibleHandOver>> HandOversAsync(IReadOnlyList<long> ids, CancellationToken cancellation)
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

    private sealed class VisibleRow
    {
        public required Communication Communication { get; init; }

        public required string Addressee { get; init; }

        public required bool IsEscalation { get; init; }

        public required string Language { get; init; }

        public required string Title { get; init; }

        public required string Body { get; init; }

        public MemberState? State { get; init; }

        public Completion? Completion { get; init; }

        public required bool IsHandedOver { get; init; }
    }
}
