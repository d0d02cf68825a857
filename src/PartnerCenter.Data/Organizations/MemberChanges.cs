using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Organizations;

/// <summary>Invites people, keeps them out, brings them back.</summary>
public sealed class MemberChanges(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <summary>Invites somebody by mail. Whoever was a member before starts anew.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who invites.</param>
    /// <param name="invitation">Whom, as what.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The id of the membership.</returns>
    /// <exception cref="RuleViolationException">The person is a member or invited, or may not have one of the roles.</exception>
    public Task<int> InviteAsync(int organizationId, Actor actor, Invitation invitation, CancellationToken cancellation = default) =>
        changes.RunAsync(organizationId, actor, async change => (await InviteAsync(change, [invitation], cancellation)).Single().Id, cancellation);

    /// <summary>Sends an invitation once more.</summary>
    /// <returns>False if there is no such member.</returns>
    /// <exception cref="RuleViolationException">Nobody is waited for.</exception>
    public Task<bool> ResendAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        WithMemberAsync(organizationId, actor, membershipId, AuditAction.InvitationResent, (change, member) =>
        {
            member.InviteAgain(change.Actor.Name, change.Now);
            change.Tell(PortalNotices.Invited(member, change.Now));
            return db.SettleBouncesAsync([member.Id], change.Now, cancellation);
        }, cancellation);

    /// <summary>Takes an invitation back; a mail that still waits is not sent.</summary>
    /// <inheritdoc cref="ResendAsync"/>
    public Task<bool> WithdrawAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        WithMemberAsync(organizationId, actor, membershipId, AuditAction.InvitationWithdrawn, (change, member) =>
        {
            member.Withdraw(change.Now);
            return change.WithdrawTopicAsync(PortalNotices.TopicOfInvitation(member), cancellation);
        }, cancellation);

    /// <summary>The invited person says yes.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="invited">Who was asked.</param>
    /// <param name="name">What they want to be called, if nobody knows them yet; null keeps the name that they have.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">Nobody waits for an answer, or not any more.</exception>
    public Task AcceptAsync(int organizationId, Actor invited, string? name = null, CancellationToken cancellation = default) =>
        AnswerAsync(
            organizationId,
            invited,
            AuditAction.InvitationAccepted,
            (change, member) =>
            {
                member.Accept(change.Now);
                member.Person.CallBy(name);
            },
            cancellation);

    /// <summary>The invited person says no.</summary>
    /// <exception cref="RuleViolationException">Nobody waits for an answer, or not any more.</exception>
    public Task DeclineAsync(int organizationId, Actor invited, CancellationToken cancellation = default) =>
        AnswerAsync(organizationId, invited, AuditAction.InvitationDeclined, (change, member) => member.Withdraw(change.Now), cancellation);

    /// <summary>Keeps a member out for now.</summary>
    /// <returns>False if there is no such member.</returns>
    /// <exception cref="RuleViolationException">The actor may not keep out somebody with these roles, or nobody could administer the organization any more.</exception>
    public Task<bool> DisableAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        KeepOutAsync(organizationId, actor, membershipId, MembershipVerb.Disable, AuditAction.MemberDisabled, (change, member) => member.Disable(change.Now), cancellation);

    /// <summary>Lets a member in again.</summary>
    /// <inheritdoc cref="DisableAsync"/>
    public Task<bool> EnableAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        KeepOutAsync(organizationId, actor, membershipId, MembershipVerb.Enable, AuditAction.MemberEnabled, (change, member) => member.Enable(change.Now), cancellation);

    /// <summary>Removes a member, who can be brought back for a while.</summary>
    /// <inheritdoc cref="DisableAsync"/>
    public Task<bool> RemoveAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        KeepOutAsync(organizationId, actor, membershipId, MembershipVerb.Remove, AuditAction.MemberRemoved, (change, member) => member.Remove(change.Now), cancellation);

    /// <summary>Brings back a member who was removed.</summary>
    /// <inheritdoc cref="DisableAsync"/>
    public Task<bool> RestoreAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        KeepOutAsync(organizationId, actor, membershipId, MembershipVerb.Restore, AuditAction.MemberRestored, (change, member) => member.Restore(change.Now), cancellation);

    /// <summary>Signs a member out everywhere, in other organizations too: a session is of a person. They can sign in again at once.</summary>
    /// <returns>False if there is no such member.</returns>
    /// <exception cref="RuleViolationException">The actor may not keep out somebody with these roles, or the member cannot work here anyway.</exception>
    public Task<bool> EndSessionsAsync(int organizationId, Actor actor, int membershipId, CancellationToken cancellation = default) =>
        WithMemberAsync(organizationId, actor, membershipId, AuditAction.SessionsEnded, (change, member) =>
        {
            MembershipPolicy.May(MembershipVerb.EndSessions, member.Status).Enforce();
            if (change.By is { } by)
                GrantPolicy.MayKeepOut(by, member, change.Now).Enforce();
            return db.RemoveSessionsAsync(member.PersonId, cancellation);
        }, cancellation);

    /// <summary>A member leaves of their own accord.</summary>
    /// <exception cref="RuleViolationException">Nobody could administer the organization any more.</exception>
    public Task LeaveAsync(int organizationId, Actor actor, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            change =>
            {
                change.By!.Leave(change.Now);
                change.Record(AuditAction.MemberLeft, change.By);
                return Task.CompletedTask;
            },
            cancellation);

    /// <summary>Moves the day on which a guest's time ends.</summary>
    /// <returns>False if there is no such guest.</returns>
    /// <exception cref="RuleViolationException">The day is over, or the actor may not keep out somebody with these roles.</exception>
    public Task<bool> ChangeGuestEndAsync(int organizationId, Actor actor, int membershipId, DateTime? endsAt, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ManageUsers);
                if (await change.FindMemberAsync(membershipId, cancellation) is not { IsGuest: true } guest)
                    return false;

                // To end a membership tomorrow is to keep somebody out.
                if (change.By is { } by)
                    GrantPolicy.MayKeepOut(by, guest, change.Now).Enforce();
                MoveGuestEnd(change, guest, endsAt);
                return true;
            },
            cancellation);

    /// <summary>Moves the day on which a guest's time ends, as a part of a greater change.</summary>
    internal static void MoveGuestEnd(OrganizationChange change, Membership guest, DateTime? endsAt)
    {
        if (endsAt <= change.Now)
            throw new RuleViolationException(Reasons.EndDateInThePast);
        var before = guest.EndsAt;
        guest.BecomeGuest(endsAt);
        change.Record(AuditAction.GuestEndChanged, guest, before: $"{before:yyyy-MM-dd}", after: $"{endsAt:yyyy-MM-dd}");
    }

    /// <summary>Invites people as a part of a greater change.</summary>
    /// <returns>The memberships, in the order of the invitations.</returns>
    /// <exception cref="RuleViolationException">One of them is a member or invited, or may not have one of the roles.</exception>
    internal async Task<List<Membership>> InviteAsync(
        OrganizationChange change, IReadOnlyCollection<Invitation> invitations, CancellationToken cancellation)
    {
        change.Require(Permission.ManageUsers);
        if (invitations.Any(invitation => invitation.GuestEndsAt <= change.Now))
            throw new RuleViolationException(Reasons.EndDateInThePast);

        var addresses = invitations.Select(invitation => invitation.Address).ToList();
        var known = await change.FindMembersAsync(addresses, cancellation);
        var people = await FindPeopleAsync(addresses, cancellation);
        await ForgetAsync(known.Values, change.Now, cancellation);
        var invited = invitations.Select(invitation => Ask(change, invitation, people, known)).ToList();

        // The log and the mails name the rows, which have their ids only now.
        await change.SaveAsync(cancellation);
        await db.RememberForgottenAsync([.. invited.Where(member => !people.ContainsKey(member.Person.NormalizedSignInAddress))], change.Now, cancellation);
        foreach (var (invitation, member) in invitations.Zip(invited))
        {
            change.Record(AuditAction.MemberInvited, member, after: invitation.AsGuest ? "guest" : null);
            RoleChanges.Apply(change, member, new RoleDifference([.. invitation.Roles], []), isTold: false);
            change.Tell(PortalNotices.Invited(member, change.Now));
        }

        return invited;
    }

    private Membership Ask(
        OrganizationChange change, Invitation invitation, Dictionary<string, Person> people, Dictionary<string, Membership> known)
    {
        var address = Person.Normalize(invitation.Address);
        if (known.TryGetValue(address, out var member))
        {
            member.InviteBack(change.Actor.Name, change.Now);
        }
        else
        {
            // Somebody whom another organization knows keeps the name that they have.
            var person = people.GetValueOrDefault(address) ?? Stranger(invitation);
            member = db.Add(Membership.Invite(change.Organization, person, change.Actor.Name, change.Now)).Entity;
        }

        member.WriteIn(invitation.Language, new(ChangedBy.Invitation, change.Now));
        if (invitation.AsGuest)
            member.BecomeGuest(invitation.GuestEndsAt);
        return member;
    }

    // Whoever comes back starts anew: nobody reads on under an address that was given away then, or confirms what was asked then.
    private async Task ForgetAsync(IReadOnlyCollection<Membership> members, DateTime now, CancellationToken cancellation)
    {
        foreach (var some in members.Select(member => member.Id).Chunk(OrganizationChange.MostParameters))
        {
            db.RemoveRange(await db.FeedLinks.Where(link => some.Contains(link.MembershipId)).ToListAsync(cancellation));
            var asked = await db.ContactVerifications
                .Where(verification => some.Contains(verification.MembershipId) && verification.State == VerificationState.Open)
                .ToListAsync(cancellation);
            asked.ForEach(verification => verification.Cancel());
            await db.SettleBouncesAsync(some, now, cancellation);
        }
    }

    private static Person Stranger(Invitation invitation)
    {
        var person = new Person(Person.NameFrom(invitation.Address), invitation.Address, invitation.Language);
        person.CallBy(invitation.Name);
        return person;
    }

    private async Task<Dictionary<string, Person>> FindPeopleAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        var people = new Dictionary<string, Person>();
        foreach (var some in addresses.Select(Person.Normalize).Chunk(OrganizationChange.MostParameters))
        {
            foreach (var person in await db.People.Where(person => some.Contains(person.NormalizedSignInAddress)).ToListAsync(cancellation))
                people[person.NormalizedSignInAddress] = person;
        }

        return people;
    }

    private Task AnswerAsync(
        int organizationId, Actor invited, AuditAction action, Action<OrganizationChange, Membership> answer, CancellationToken cancellation) =>
        changes.RunAsync(
            organizationId,
            invited,
            change =>
            {
                answer(change, change.By!);
                change.Record(action, change.By);
                return Task.CompletedTask;
            },
            cancellation);

    private Task<bool> KeepOutAsync(
        int organizationId,
        Actor actor,
        int membershipId,
        MembershipVerb verb,
        AuditAction action,
        Action<OrganizationChange, Membership> apply,
        CancellationToken cancellation) =>
        WithMemberAsync(organizationId, actor, membershipId, action, (change, member) =>
        {
            if (change.By is { } by)
                GrantPolicy.MayKeepOut(by, member, change.Now).Enforce();
            apply(change, member);
            change.Tell(PortalNotices.MembershipChanged(member, verb, change.Actor.Name, change.Now));
            return Task.CompletedTask;
        }, cancellation);

    private Task<bool> WithMemberAsync(
        int organizationId,
        Actor actor,
        int membershipId,
        AuditAction action,
        Func<OrganizationChange, Membership, Task> apply,
        CancellationToken cancellation) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ManageUsers);
                if (await change.FindMemberAsync(membershipId, cancellation) is not { } member)
                    return false;
                await apply(change, member);
                change.Record(action, member);
                return true;
            },
            cancellation);
}

/// <summary>Whom somebody invites, as what.</summary>
/// <param name="Address">The mail address that the person signs in with.</param>
/// <param name="Name">The name, if it is known.</param>
/// <param name="Language">The language of the invitation.</param>
/// <param name="AsGuest">Whether the person comes from outside.</param>
/// <param name="GuestEndsAt">When a guest's time ends, in UTC; null means that it does not.</param>
/// <param name="Roles">The roles that the person has once the invitation is accepted.</param>
public sealed record Invitation(string Address, string? Name, string Language, bool AsGuest, DateTime? GuestEndsAt, IReadOnlyList<WantedRole> Roles);
