using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>Reads communications as a reader sees them. Which they may see was decided before.</summary>
internal sealed class VisibleLoader(PartnerCenterDb db, Reader reader, DateTime now)
{
    private const int ExcerptLength = 280;

    // As many as a compiled query can be asked for beside the language and the length: half a page of a list.
    private const int IdsOfQuestion = 13;

    // Compiled once, because every page asks it: the header shows what is new.
    private static readonly Func<PartnerCenterDb, long, long, long, long, long, long, long, long, long, long, long, long, long, string, bool, IAsyncEnumerable<TextRow>> Texts =
        EF.CompileAsyncQuery((PartnerCenterDb db, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l, long m, string language, bool wholeBody) =>
            from content in db.CommunicationContents
            where content.CommunicationId == a || content.CommunicationId == b || content.CommunicationId == c || content.CommunicationId == d
                || content.CommunicationId == e || content.CommunicationId == f || content.CommunicationId == g || content.CommunicationId == h
                || content.CommunicationId == i || content.CommunicationId == j || content.CommunicationId == k || content.CommunicationId == l
                || content.CommunicationId == m
            where content.Language == language || content.Language == Languages.Default
            join communication in db.Communications.AsNoTracking() on content.CommunicationId equals communication.Id
            select new TextRow
            {
                Communication = communication,
                Language = content.Language,
                Title = content.Title,
                Body = wholeBody ? content.Body : content.Body.Substring(0, ExcerptLength),
            });

    /// <param name="ids">The communications that are wanted; the answer has their order.</param>
    /// <param name="wholeBody">The whole text, instead of its beginning.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<VisibleCommunication>> LoadAsync(IReadOnlyList<long> ids, bool wholeBody, CancellationToken cancellation) =>
        ids.Count == 0 ? [] : await LoadAsync(ids, await MarksAsync(ids, cancellation), wholeBody, cancellation);

    /// <param name="ids">The communications that are wanted; the answer has their order.</param>
    /// <param name="marks">What is kept about each of them for the reader, where that is known already.</param>
    /// <param name="wholeBody">The whole text, instead of its beginning.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<VisibleCommunication>> LoadAsync(
        IReadOnlyList<long> ids, IReadOnlyDictionary<long, ItemMarks> marks, bool wholeBody, CancellationToken cancellation)
    {
        var texts = (await TextsAsync(ids, wholeBody, cancellation)).ToLookup(text => text.Communication.Id);
        var handOvers = ids.Any(id => marks[id].IsHandedOver) ? await HandOversAsync(ids, cancellation) : [];
        return [.. ids.Select(id => From([.. texts[id]], marks[id], handOvers.GetValueOrDefault(id)))];
    }

    // One row for each language that it has of the reader's and the default one.
    private async Task<List<TextRow>> TextsAsync(IReadOnlyList<long> ids, bool wholeBody, CancellationToken cancellation)
    {
        List<TextRow> rows = [];
        foreach (var some in ids.Chunk(IdsOfQuestion))
        {
            rows.AddRange(await Texts(
                db, At(0), At(1), At(2), At(3), At(4), At(5), At(6), At(7), At(8), At(9), At(10), At(11), At(12), reader.Language, wholeBody).ToListAsync(cancellation));

            // The last one is asked for again, so that there is one query for any number of them.
            long At(int index) => some[Math.Min(index, some.Length - 1)];
        }

        return rows;
    }

    private async Task<Dictionary<long, ItemMarks>> MarksAsync(IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var (forOrganization, forMember) = reader.DoneKeys();
        var (membership, organization) = (reader.MembershipId, reader.OrganizationId);
        var targets = db.CommunicationTargets
            .WhereOneOf(target => target.CommunicationId, ids)
            .WhereOneOf(target => target.Addressee, [.. reader.Paths.Select(path => path.Addressee.Key).Distinct()]);
        var rows = await (
            from target in targets
            from state in db.MemberStates
                .Where(state => state.MembershipId == membership && state.CommunicationId == target.CommunicationId)
                .DefaultIfEmpty()
            from done in db.Completions
                .Where(done => done.CommunicationId == target.CommunicationId && (done.CompletedFor == forOrganization || done.CompletedFor == forMember))
                .DefaultIfEmpty()
            select new
            {
                target.CommunicationId,
                target.Addressee,
                target.IsEscalation,
                State = state,
                Completion = done,
                IsHandedOver = db.HandOvers.Any(handOver => handOver.OrganizationId == organization && handOver.CommunicationId == target.CommunicationId),
            })
            .AsNoTracking()
            .ToListAsync(cancellation);
        return rows.GroupBy(row => row.CommunicationId).ToDictionary(ways => ways.Key, ways => new ItemMarks
        {
            Arrivals = [.. ways.Select(way => new Arrival(way.Addressee, way.IsEscalation)).Distinct()],
            ReadAt = ways.First().State?.ReadAt,
            IsMarkedUnread = ways.First().State?.IsMarkedUnread == true,
            ArchivedAt = ways.First().State?.ArchivedAt,
            SnoozedUntil = ways.First().State?.SnoozedUntil,
            Completion = ways.First().Completion,
            IsHandedOver = ways.First().IsHandedOver,
        });
    }

    private VisibleCommunication From(List<TextRow> texts, ItemMarks marks, VisibleHandOver? handOver)
    {
        var text = texts.Find(text => text.Language == reader.Language) ?? texts[0];
        var communication = text.Communication;
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
            IsRead = reader.HasRead(communication.Id, marks.ReadAt, marks.IsMarkedUnread, marks.Arrivals),
            ReadAt = marks.ReadAt,
            ArchivedAt = marks.ArchivedAt,
            SnoozedUntil = marks.SnoozedUntil > now ? marks.SnoozedUntil : null,
            Completion = marks.Completion,
            HandOver = handOver,
            IsEscalated = marks.Arrivals.All(arrival => arrival.IsEscalation),
            Paths = [.. reader.PathsOf(marks.Arrivals)],
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

    private sealed class TextRow
    {
        public required Communication Communication { get; init; }

        public required string Language { get; init; }

        public required string Title { get; init; }

        public required string Body { get; init; }
    }
}
