using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// What a member can do with a communication. Each verb starts from what the member may see, and asks
/// <see cref="CommunicationVerbPolicy"/>; false means that there is no such thing for them.
/// </summary>
public sealed class CommunicationVerbs(PartnerCenterDb db, Visibility visibility, TimeProvider time)
{
    /// <summary>How many communications one batch may have.</summary>
    public const int MostInBatch = 100;

    // An id is given out before its row can be seen, so a lower one can appear after a higher one; by then it surely has.
    private static readonly TimeSpan EarlierOnesAreHere = TimeSpan.FromMinutes(1);

    // What needs nothing but the communication itself, and concerns nobody but the reader.
    private static readonly Dictionary<CommunicationVerb, OwnVerb> Own = new()
    {
        [CommunicationVerb.Read] = new((state, _, now) => state.Read(now), item => item.IsRead),
        [CommunicationVerb.MarkUnread] = new((state, _, _) => state.MarkUnread(), item => !item.IsRead),
        [CommunicationVerb.Archive] = new((state, standing, now) => state.Archive(standing, now), item => item.ArchivedAt is not null),
        [CommunicationVerb.Restore] = new((state, _, _) => state.Restore(), item => item.ArchivedAt is null),
        [CommunicationVerb.Wake] = new((state, _, _) => state.Wake(), item => item.SnoozedUntil is null),
    };

    /// <summary>The verbs that can be used on many communications at once, and undone by another one of them.</summary>
    public static IReadOnlyCollection<CommunicationVerb> InBatches => Own.Keys;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<bool> ReadAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoOwnAsync(reader, id, CommunicationVerb.Read, cancellation);

    public Task<bool> MarkUnreadAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoOwnAsync(reader, id, CommunicationVerb.MarkUnread, cancellation);

    /// <exception cref="RuleViolationException">It may not be archived as it stands.</exception>
    public Task<bool> ArchiveAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoOwnAsync(reader, id, CommunicationVerb.Archive, cancellation);

    public Task<bool> RestoreAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoOwnAsync(reader, id, CommunicationVerb.Restore, cancellation);

    /// <summary>Puts an action off.</summary>
    /// <param name="reader">Who does it.</param>
    /// <param name="id">Which action.</param>
    /// <param name="until">Until when, in UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">It may not wait, or not that long.</exception>
    public Task<bool> SnoozeAsync(Reader reader, long id, DateTime until, CancellationToken cancellation = default) =>
        DoAsync(reader, id, async visible => (await StateAsync(reader, id)).Snooze(visible.Standing, until, Now), cancellation);

    /// <summary>Ends a snooze early.</summary>
    /// <exception cref="RuleViolationException">It is not put off.</exception>
    public Task<bool> WakeAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoOwnAsync(reader, id, CommunicationVerb.Wake, cancellation);

    /// <summary>Completes an action. Of two who do it at once one is second, and is told who was first.</summary>
    /// <exception cref="RuleViolationException">This is no action, or somebody else has completed it.</exception>
    public async Task<bool> CompleteAsync(Reader reader, long id, string completedBy, string? note, CancellationToken cancellation = default) =>
        await DoAsync(
            reader,
            id,
            async visible =>
            {
                // The same button pressed twice does the same once.
                if (visible.Completion is { } done && await IsOwnAsync(reader, done, completedBy, cancellation))
                    return;
                Enforce(CommunicationVerb.Complete, visible);
                await EndHandOverAsync(reader, id, cancellation);
                var communication = await db.Communications.SingleAsync(communication => communication.Id == id, cancellation);
                db.Add(Completion.Of(communication, reader, completedBy, note, Now));
                db.Add(CommunicationStep.Of(reader, id, visible.CompletionScope, StepKind.Completed, completedBy, Now, note: note));
                var state = await StateAsync(reader, id);
                state.Read(Now);
                state.Wake();
            },
            cancellation)
        && await DespiteOthersAsync(async () =>
        {
            await EndHandOverAsync(reader, id, cancellation);
            await db.SaveChangesAsync(cancellation);
            return true;
        });

    /// <summary>Opens a completed action again, for everybody for whom it was completed.</summary>
    /// <exception cref="RuleViolationException">It is open.</exception>
    public Task<bool> ReopenAsync(Reader reader, long id, string reopenedBy, string? note, CancellationToken cancellation = default) =>
        DoAsync(
            reader,
            id,
            visible =>
            {
                Enforce(CommunicationVerb.Reopen, visible);
                db.Remove(visible.Completion!);
                db.Add(CommunicationStep.Of(reader, id, visible.CompletionScope, StepKind.Reopened, reopenedBy, Now, note: note));
                return Task.CompletedTask;
            },
            cancellation);

    /// <summary>
    /// Does the same with many communications: with each as it stands, so that those that refuse stay and the others do not wait for
    /// them. It is saved as a whole.
    /// </summary>
    /// <param name="reader">Who does it.</param>
    /// <param name="verb">One of <see cref="InBatches"/>.</param>
    /// <param name="ids">The communications, at most <see cref="MostInBatch"/>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<BatchResult> DoWithAllAsync(Reader reader, CommunicationVerb verb, IReadOnlyCollection<long> ids, CancellationToken cancellation = default) =>
        DespiteOthersAsync(async () =>
        {
            var wanted = ids.Distinct().Take(MostInBatch).ToList();
            var found = await visibility.FindAllAsync(reader, wanted, cancellation);
            var verdicts = found.ToLookup(item => item.May(verb, Now).RefusedBecause);
            var touched = await db.MemberStates
                .Where(state => state.MembershipId == reader.MembershipId && wanted.Contains(state.CommunicationId))
                .ToDictionaryAsync(state => state.CommunicationId, cancellation);
            foreach (var item in verdicts[null])
                Own[verb].Apply(touched.GetValueOrDefault(item.Id) ?? AddState(reader, item.Id), item.Standing, Now);
            await db.SaveChangesAsync(cancellation);
            return new BatchResult(
                [.. verdicts[null].Select(item => item.Id)],
                [.. verdicts[null].Where(item => !Own[verb].IsSo(item)).Select(item => item.Id)],
                [.. verdicts.Where(group => group.Key is not null).Select(group => new Refusal(group.Key!, group.Count()))],
                wanted.Count - found.Count);
        });

    /// <summary>
    /// Marks everything that the member can see now as read: what has settled by one mark for all of it, and one by one what such a mark
    /// leaves out: what is so young that an earlier one may still appear below it, and what an escalation brought.
    /// </summary>
    public Task ReadAllAsync(Reader reader, CancellationToken cancellation = default) =>
        DespiteOthersAsync(async () =>
        {
            var (settled, young) = await visibility.SettledAsync(reader, Now - EarlierOnesAreHere, cancellation);
            var membership = await db.Memberships
                .Include(membership => membership.Roles)
                .SingleAsync(membership => membership.Id == reader.MembershipId, cancellation);
            var states = await db.MemberStates
                .Where(state => state.MembershipId == reader.MembershipId && (young.Contains(state.CommunicationId) || state.IsMarkedUnread))
                .ToDictionaryAsync(state => state.CommunicationId, cancellation);

            membership.MarkAllRead(settled);
            foreach (var state in states.Values.Where(state => state.IsMarkedUnread))
                state.Read(Now);
            foreach (var id in young)
                (states.GetValueOrDefault(id) ?? AddState(reader, id)).Read(Now);
            return await db.SaveChangesAsync(cancellation);
        });

    /// <summary>Asks a colleague to do an action.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="id">Which action.</param>
    /// <param name="colleague">The colleague.</param>
    /// <param name="by">The name of who asks.</param>
    /// <param name="note">What they say.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">It cannot be handed over, or not any more, or the colleague does not see it.</exception>
    public async Task<bool> HandOverAsync(Reader reader, long id, Colleague colleague, string by, string? note, CancellationToken cancellation = default) =>
        await DoAsync(
            reader,
            id,
            async visible =>
            {
                Enforce(CommunicationVerb.HandOver, visible);
                if (!await db.IsColleagueAsync(reader, id, colleague.MembershipId, Now, cancellation))
                    throw new RuleViolationException(Reasons.NoSuchColleague);
                db.Add(new HandOver(id, reader.OrganizationId, reader.MembershipId, colleague.MembershipId, Now));
                db.Add(CommunicationStep.Of(reader, id, visible.CompletionScope, StepKind.HandedOver, by, Now, colleague.Name, note));
                await TellAsync(reader, colleague.MembershipId, id, (member, titles) => PortalNotices.HandedOver(member, id, titles, by, note, Now), cancellation);
            },
            cancellation)
        && await DespiteOthersAsync(async () =>
        {
            var here = Completion.ForOrganization(reader.OrganizationId);
            if (await db.Completions.SingleOrDefaultAsync(done => done.CommunicationId == id && done.CompletedFor == here, cancellation) is not { } done)
                return true;
            await EndHandOverAsync(reader, id, cancellation);
            await db.SaveChangesAsync(cancellation);
            throw new RuleViolationException(Reasons.AlreadyCompleted(done.CompletedBy, done.CompletedAt));
        });

    /// <summary>The colleague takes the action on.</summary>
    /// <exception cref="RuleViolationException">Nobody asked them, or not any more.</exception>
    public Task<bool> AcceptAsync(Reader reader, long id, string by, CancellationToken cancellation = default) =>
        DoAsync(
            reader,
            id,
            async visible =>
            {
                Enforce(CommunicationVerb.Accept, visible);
                (await FindHandOverAsync(reader, id, cancellation)).Accept(Now);
                db.Add(CommunicationStep.Of(reader, id, visible.CompletionScope, StepKind.Accepted, by, Now));
            },
            cancellation);

    /// <summary>The colleague gives the action back, or who asked takes it back; the other one is told.</summary>
    /// <exception cref="RuleViolationException">It is not between the reader and somebody else.</exception>
    public Task<bool> ReturnAsync(Reader reader, long id, string by, string? note, CancellationToken cancellation = default) =>
        DoAsync(
            reader,
            id,
            async visible =>
            {
                Enforce(CommunicationVerb.Return, visible);
                var handOver = await FindHandOverAsync(reader, id, cancellation);
                var other = handOver.OtherThan(reader.MembershipId);
                db.Remove(handOver);
                db.Add(CommunicationStep.Of(reader, id, visible.CompletionScope, StepKind.Returned, by, Now, note: note));
                await TellAsync(reader, other, id, (member, titles) => PortalNotices.GivenBack(member, id, titles, by, note, Now), cancellation);
            },
            cancellation);

    private Task<bool> DoOwnAsync(Reader reader, long id, CommunicationVerb verb, CancellationToken cancellation) =>
        DoAsync(
            reader,
            id,
            async visible =>
            {
                Enforce(verb, visible);
                Own[verb].Apply(await StateAsync(reader, id), visible.Standing, Now);
            },
            cancellation);

    private void Enforce(CommunicationVerb verb, VisibleCommunication visible) => visible.May(verb, Now).Enforce();

    // A completion knows only the name of who did it: where two colleagues share it, either is told when it was done.
    private async Task<bool> IsOwnAsync(Reader reader, Completion done, string name, CancellationToken cancellation) =>
        done.CompletedFor == Completion.ForMember(reader.MembershipId)
        || (done.CompletedBy == name && !await db.Memberships.AnyAsync(
            other => other.OrganizationId == reader.OrganizationId && other.Id != reader.MembershipId && other.Person.Name == name, cancellation));

    // Somebody may complete an action at the instant at which somebody else hands it over, and no row shows it to the database. So each of
    // the two looks again once its own row is saved: whichever comes second finds the other's.
    private async Task EndHandOverAsync(Reader reader, long id, CancellationToken cancellation)
    {
        if (await db.HandOvers.FindAsync([reader.OrganizationId, id], cancellation) is { } handOver)
            db.Remove(handOver);
        await db.WithdrawTopicAsync(PortalNotices.TopicOfHandOver(reader.OrganizationId, id), Now, cancellation);
    }

    // It may have ended since the reader was found to be a party to it.
    private async Task<HandOver> FindHandOverAsync(Reader reader, long id, CancellationToken cancellation) =>
        await db.HandOvers.FindAsync([reader.OrganizationId, id], cancellation) ?? throw new RuleViolationException(Reasons.NotHandedToYou);

    private Task TellAsync(
        Reader reader, int membershipId, long id, Func<Membership, IReadOnlyDictionary<string, string>, Communication> notice, CancellationToken cancellation) =>
        db.TellOfHandOverAsync(reader.OrganizationId, id, membershipId, notice, Now, cancellation);

    private async Task<MemberState> StateAsync(Reader reader, long id) =>
        await db.MemberStates.FindAsync(reader.MembershipId, id) ?? AddState(reader, id);

    private MemberState AddState(Reader reader, long id) => db.Add(new MemberState(reader.MembershipId, id)).Entity;

    private Task<bool> DoAsync(Reader reader, long id, Func<VisibleCommunication, Task> verb, CancellationToken cancellation) =>
        DespiteOthersAsync(async () =>
        {
            if (await visibility.FindAsync(reader, id, cancellation) is not { } visible)
                return false;
            await verb(visible);
            await db.SaveChangesAsync(cancellation);
            return true;
        });

    private async Task<T> DespiteOthersAsync<T>(Func<Task<T>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (DbUpdateException)
        {
            // Somebody touched the same thing at the same instant: what they saved is there now, and the verb decides again on it.
            db.ChangeTracker.Clear();
            return await attempt();
        }
    }

    private sealed record OwnVerb(Action<MemberState, CommunicationStanding, DateTime> Apply, Func<VisibleCommunication, bool> IsSo);
}

/// <summary>What became of a batch.</summary>
/// <param name="Done">The communications with which it was done.</param>
/// <param name="Changed">Those of them that were not so before: what taking it back is about.</param>
/// <param name="Refused">Why it was not done with others, and with how many.</param>
/// <param name="Missing">How many there were not, or not for this reader.</param>
public sealed record BatchResult(IReadOnlyList<long> Done, IReadOnlyList<long> Changed, IReadOnlyList<Refusal> Refused, int Missing);

/// <summary>A reason, and how many it held back.</summary>
public sealed record Refusal(Reason Reason, int Count);
