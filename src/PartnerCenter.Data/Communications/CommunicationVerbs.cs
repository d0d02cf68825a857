using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// What a member can do with a communication. Each verb starts from what the member may see; false means that there is no such thing
/// for them.
/// </summary>
public sealed class CommunicationVerbs(PartnerCenterDb db, Visibility visibility, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<bool> ReadAsync(Reader reader, long id, CancellationToken cancellation = default)
    {
        if (await visibility.FindAsync(reader, id, cancellation) is null)
            return false;
        (await StateAsync(reader, id)).Read(Now);
        await SaveFirstTouchAsync();
        return true;
    }

    /// <exception cref="Domain.RuleViolationException">This kind may not be archived.</exception>
    public async Task<bool> ArchiveAsync(Reader reader, long id, CancellationToken cancellation = default)
    {
        if (await visibility.FindAsync(reader, id, cancellation) is not { } communication)
            return false;
        (await StateAsync(reader, id)).Archive(communication.Kind, Now);
        await SaveFirstTouchAsync();
        return true;
    }

    public async Task<bool> RestoreAsync(Reader reader, long id, CancellationToken cancellation = default)
    {
        if (await visibility.FindAsync(reader, id, cancellation) is null)
            return false;
        (await StateAsync(reader, id)).Restore();
        await SaveFirstTouchAsync();
        return true;
    }

    /// <summary>Completes an action; if somebody was faster, it is done all the same.</summary>
    /// <exception cref="Domain.RuleViolationException">This is no action.</exception>
    public async Task<bool> CompleteAsync(Reader reader, long id, string completedBy, string? note, CancellationToken cancellation = default)
    {
        if (await visibility.FindAsync(reader, id, cancellation) is not { } visible)
            return false;
        if (visible.Completion is not null)
            return true;

        var communication = await db.Communications.SingleAsync(communication => communication.Id == id, cancellation);
        db.Add(Completion.Of(communication, reader, completedBy, note, Now));
        (await StateAsync(reader, id)).Read(Now);
        await SaveFirstTouchAsync();
        return true;
    }

    /// <summary>Marks everything that the member can see now as read.</summary>
    public async Task ReadAllAsync(Reader reader, CancellationToken cancellation = default)
    {
        var newest = (await visibility.CountAsync(reader, cancellation)).Newest;
        var membership = await db.Memberships
            .Include(membership => membership.Roles)
            .SingleAsync(membership => membership.Id == reader.MembershipId, cancellation);
        membership.MarkAllRead(newest);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<MemberState> StateAsync(Reader reader, long id)
    {
        var state = await db.MemberStates.FindAsync(reader.MembershipId, id);
        if (state is null)
            db.Add(state = new MemberState(reader.MembershipId, id));
        return state;
    }

    // Two tabs that touch the same thing first at the same instant want the same: the second one has what it wanted.
    private async Task SaveFirstTouchAsync()
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException fault) when (fault is not DbUpdateConcurrencyException && AddsFirstTouch())
        {
            db.ChangeTracker.Clear();
        }
    }

    private bool AddsFirstTouch() => db.ChangeTracker.Entries().Any(entry => entry is { State: EntityState.Added, Entity: MemberState or Completion });
}
