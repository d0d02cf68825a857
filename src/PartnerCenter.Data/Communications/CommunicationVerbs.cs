using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// What a member can do with a communication. Each verb starts from what the member may see; false means that there is no such thing
/// for them.
/// </summary>
public sealed class CommunicationVerbs(PartnerCenterDb db, Visibility visibility, TimeProvider time)
{
    // An id is given out before its row can be seen, so a lower one can appear after a higher one; by then it surely has.
    private static readonly TimeSpan EarlierOnesAreHere = TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<bool> ReadAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoAsync(reader, id, async _ => (await StateAsync(reader, id)).Read(Now), cancellation);

    /// <exception cref="Domain.RuleViolationException">This kind may not be archived.</exception>
    public Task<bool> ArchiveAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoAsync(reader, id, async communication => (await StateAsync(reader, id)).Archive(communication.Kind, Now), cancellation);

    public Task<bool> RestoreAsync(Reader reader, long id, CancellationToken cancellation = default) =>
        DoAsync(reader, id, async _ => (await StateAsync(reader, id)).Restore(), cancellation);

    /// <summary>Completes an action; if somebody was faster, it is done all the same.</summary>
    /// <exception cref="Domain.RuleViolationException">This is no action.</exception>
    public Task<bool> CompleteAsync(Reader reader, long id, string completedBy, string? note, CancellationToken cancellation = default) =>
        DoAsync(
            reader,
            id,
            async visible =>
            {
                if (visible.Completion is not null)
                    return;
                var communication = await db.Communications.SingleAsync(communication => communication.Id == id, cancellation);
                db.Add(Completion.Of(communication, reader, completedBy, note, Now));
                (await StateAsync(reader, id)).Read(Now);
            },
            cancellation);

    /// <summary>
    /// Marks everything that the member can see now as read: what has settled by one mark for all of it, and what is so young that an
    /// earlier one may still appear below it one by one.
    /// </summary>
    public Task ReadAllAsync(Reader reader, CancellationToken cancellation = default) =>
        DespiteOthersAsync(async () =>
        {
            var (settled, young) = await visibility.SettledAsync(reader, Now - EarlierOnesAreHere, cancellation);
            var membership = await db.Memberships
                .Include(membership => membership.Roles)
                .SingleAsync(membership => membership.Id == reader.MembershipId, cancellation);
            var states = await db.MemberStates
                .Where(state => state.MembershipId == reader.MembershipId && state.CommunicationId > settled)
                .ToDictionaryAsync(state => state.CommunicationId, cancellation);

            membership.MarkAllRead(settled);
            foreach (var id in young)
                (states.GetValueOrDefault(id) ?? AddState(reader, id)).Read(Now);
            return await db.SaveChangesAsync(cancellation);
        });

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
            // Another tab touched the same thing at the same instant: what it saved is there now, and the verb goes on from it.
            db.ChangeTracker.Clear();
            return await attempt();
        }
    }
}
