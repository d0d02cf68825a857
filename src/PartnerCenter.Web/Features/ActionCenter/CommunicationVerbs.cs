using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>
/// What a member can do with a communication. Each starts from what the member may see; false means that there is no such thing for
/// them.
/// </summary>
public sealed class CommunicationVerbs(PartnerCenterDb db, Visibility visibility, CurrentUser user, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Reader Reader => user.Member.Reader;

    public async Task ReadAsync(VisibleCommunication communication)
    {
        (await StateAsync(communication.Id)).Read(Now);
        await SaveFirstTouchAsync();
    }

    /// <exception cref="Domain.RuleViolationException">This kind may not be archived.</exception>
    public async Task<bool> ArchiveAsync(long id, CancellationToken cancellation)
    {
        if (await visibility.FindAsync(Reader, id, cancellation) is not { } communication)
            return false;
        (await StateAsync(id)).Archive(communication.Kind, Now);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public async Task<bool> RestoreAsync(long id, CancellationToken cancellation)
    {
        if (await visibility.FindAsync(Reader, id, cancellation) is null)
            return false;
        (await StateAsync(id)).Restore();
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Completes an action; somebody who was faster has done it too.</summary>
    /// <exception cref="Domain.RuleViolationException">This is no action.</exception>
    public async Task<bool> CompleteAsync(long id, string? note, CancellationToken cancellation)
    {
        if (await visibility.FindAsync(Reader, id, cancellation) is not { } visible)
            return false;
        if (visible.Completion is not null)
            return true;

        var communication = await db.Communications.SingleAsync(communication => communication.Id == id, cancellation);
        db.Add(Completion.Of(communication, Reader, user.Member.Person.Name, note, Now));
        (await StateAsync(id)).Read(Now);
        await SaveFirstTouchAsync();
        return true;
    }

    public async Task ReadAllAsync(CancellationToken cancellation)
    {
        user.Member.Membership.MarkAllRead((await visibility.CountAsync(Reader, cancellation)).Newest);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<MemberState> StateAsync(long id)
    {
        var state = await db.MemberStates.FindAsync(Reader.MembershipId, id);
        if (state is null)
            db.Add(state = new MemberState(Reader.MembershipId, id));
        return state;
    }

    // Two tabs that touch the same thing first at the same instant want the same: the second one has what it wanted.
    private async Task SaveFirstTouchAsync()
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException fault) when (fault is not DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
        }
    }
}
