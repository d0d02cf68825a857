using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Preferences;

/// <summary>
/// Changes where mail reaches a member. A new address counts once its owner has confirmed it; each change asks its rules again on what
/// is true by then, so that of two confirmations at one instant one wins.
/// </summary>
public sealed class ContactChanges(OrganizationChanges changes, PartnerCenterDb db)
{
    private const string Occasion = "contact";

    /// <summary>Asks for mail at another address: a mail goes there, and nothing changes until it is answered.</summary>
    /// <exception cref="RuleViolationException">The actor has to sign in again, mail can't be sent there, it is in use already, or too many mails were sent.</exception>
    public Task EnterAsync(int organizationId, Actor actor, string address, ChangedBy by, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                var (member, entered) = (Self(change), address.Trim());
                FreshSignInTable.May(SensitiveStep.ChangeContactAddress, actor.HasFreshSignIn).Enforce();
                if (!MailAddressRule.IsDeliverable(entered))
                    throw new RuleViolationException(Reasons.AddressNotDeliverable);
                if (ReachedAt(member) is { Source: AddressSource.Contact, Address: var contact } && MailAddressRule.IsSame(entered, contact))
                    throw new RuleViolationException(Reasons.ContactIsInUse);

                if (MailAddressRule.IsSame(entered, member.Person.SignInAddress))
                    await UseSignInAddressAsync(change, member, by, cancellation);
                else
                    await AskAsync(change, member, entered, AuditAction.ContactEntered, by, cancellation);
            },
            cancellation);

    /// <summary>Sends another mail to the address that waits; the one before counts no more.</summary>
    /// <exception cref="RuleViolationException">No address waits, or too many mails were sent.</exception>
    public Task ResendAsync(int organizationId, Actor actor, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            change =>
            {
                var member = Self(change);
                return member.PendingContact is { } pending
                    ? AskAsync(change, member, pending, AuditAction.ContactMailResent, ChangedBy.MyPreferences, cancellation)
                    : throw new RuleViolationException(Reasons.NothingToConfirm);
            },
            cancellation);

    /// <summary>Waits no more; a mail that is still here is not sent.</summary>
    /// <exception cref="RuleViolationException">No address waits.</exception>
    public Task CancelAsync(int organizationId, Actor actor, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                var member = Self(change);
                if (member.PendingContact is not { } pending)
                    throw new RuleViolationException(Reasons.NothingToConfirm);

                (await FindOpenAsync(member, cancellation))?.Cancel();
                member.CancelContact(new(ChangedBy.MyPreferences, change.Now));
                change.Record(AuditAction.ContactCancelled, member, before: MailAddressRule.Mask(pending));
            },
            cancellation);

    /// <summary>Sends mail to the sign-in address, as the member wants it.</summary>
    public Task UseSignInAddressAsync(int organizationId, Actor actor, ChangedBy by, CancellationToken cancellation = default) =>
        changes.RunAsync(organizationId, actor, change => UseSignInAddressAsync(change, Self(change), by, cancellation), cancellation);

    /// <summary>The member typed the code of the mail.</summary>
    /// <returns>Null if it was the right one, otherwise why it is none.</returns>
    /// <exception cref="RuleViolationException">No address waits, it is too late, or there were too many wrong codes.</exception>
    public Task<Reason?> ConfirmByCodeAsync(int organizationId, Actor actor, string code, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                var member = Self(change);
                if (await FindOpenAsync(member, cancellation) is not { } verification)
                    throw new RuleViolationException(Reasons.NothingToConfirm);

                // A wrong code is saved and not thrown: it counts.
                if (!verification.TryConfirm(code, change.Now))
                    return ContactPolicy.MayTry(verification.WrongCodes).RefusedBecause ?? Reasons.WrongCode(ContactPolicy.MostWrongCodes - verification.WrongCodes);
                await UseAsync(change, member, verification.Address, ChangedBy.MyPreferences, cancellation);
                return null;
            },
            cancellation);

    /// <summary>The member followed the link of the mail and said yes.</summary>
    /// <exception cref="RuleViolationException">It was confirmed, replaced or cancelled, or it is too late.</exception>
    public Task ConfirmByLinkAsync(int organizationId, Actor actor, string token, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                var (member, hash) = (Self(change), Secret.Hash(token));
                var verification = await db.ContactVerifications
                    .SingleAsync(verification => verification.TokenHash == hash && verification.MembershipId == member.Id, cancellation);
                verification.Confirm(change.Now);
                await UseAsync(change, member, verification.Address, ChangedBy.MailLink, cancellation);
            },
            cancellation);

    private static Membership Self(OrganizationChange change)
    {
        change.Require(Permission.UseActionCenter);
        return change.By!;
    }

    private static MailAddressee? ReachedAt(Membership member) =>
        MailPolicy.AddressOf(member);

    private Task<ContactVerification?> FindOpenAsync(Membership member, CancellationToken cancellation) => db.ContactVerifications
        .SingleOrDefaultAsync(verification => verification.MembershipId == member.Id && verification.State == VerificationState.Open, cancellation);

    private IQueryable<ContactVerification> LatelyAsked(DateTime now)
    {
        var since = now - ContactPolicy.CountedFor;
        return db.ContactVerifications.AsNoTracking().Where(verification => verification.SentAt > since);
    }

    // One address can be written in several ways, but what stands before the @ only with other capitals.
    private static async Task<List<ContactVerification>> SentToAsync(
        string address, IQueryable<ContactVerification> lately, CancellationToken cancellation)
    {
        var anyDomain = LikePattern.StartingWith(address[..(address.LastIndexOf('@') + 1)]);
        var candidates = await lately.Where(sent => EF.Functions.Like(sent.Address, anyDomain, LikePattern.Escape)).ToListAsync(cancellation);
        return candidates.FindAll(sent => MailAddressRule.IsSame(sent.Address, address));
    }

    private async Task AskAsync(OrganizationChange change, Membership member, string address, AuditAction action, ChangedBy by, CancellationToken cancellation)
    {
        var lately = LatelyAsked(change.Now);
        var ofPerson = await lately
            .Where(sent => db.Memberships.Where(mine => mine.PersonId == member.PersonId).Select(mine => mine.Id).Contains(sent.MembershipId))
            .ToListAsync(cancellation);
        ContactPolicy.MayMail(ofPerson, await SentToAsync(address, lately, cancellation), change.Now).Enforce();

        (await FindOpenAsync(member, cancellation))?.Replace();
        var secret = ContactSecret.Create();
        var verification = db.Add(new ContactVerification(member, address, secret, change.Now)).Entity;
        var notice = db.Add(PortalNotices.ContactToConfirm(member, change.Now)).Entity;
        member.AwaitContact(address, verification.ExpiresAt, new(by, change.Now));
        change.Record(action, member, after: MailAddressRule.Mask(address));

        // The mail names both rows, which have their ids only now.
        await change.SaveAsync(cancellation);
        db.Add(OutboxMail.Asking(verification, secret, notice, member, Occasion, change.Now));
    }

    private async Task UseAsync(OrganizationChange change, Membership member, string address, ChangedBy by, CancellationToken cancellation)
    {
        var before = ReachedAt(member);
        member.UseVerifiedContact(address, new(by, change.Now));
        await db.SettleBouncesAsync([member.Id], change.Now, cancellation);
        change.Record(AuditAction.ContactConfirmed, member, before: before?.Address, after: address);
        await TellAsync(change, member, before, address, cancellation);
    }

    private async Task UseSignInAddressAsync(OrganizationChange change, Membership member, ChangedBy by, CancellationToken cancellation)
    {
        var before = ReachedAt(member);
        (await FindOpenAsync(member, cancellation))?.Cancel();
        member.UseSignInAddress(new(by, change.Now));
        await db.SettleBouncesAsync([member.Id], change.Now, cancellation);
        change.Record(AuditAction.ContactSignInChosen, member, before: before?.Address, after: member.Person.SignInAddress);
        if (!MailAddressRule.IsSame(member.Person.SignInAddress, before?.Address))
            await TellAsync(change, member, before, member.Person.SignInAddress, cancellation);
    }

    // Whoever takes over an account would send its mail elsewhere first: the old address is told.
    private async Task TellAsync(OrganizationChange change, Membership member, MailAddressee? before, string now, CancellationToken cancellation)
    {
        if (before is null)
            return;
        var notice = db.Add(PortalNotices.ContactChanged(member, MailAddressRule.Mask(now), change.Now)).Entity;
        await change.SaveAsync(cancellation);
        db.Add(OutboxMail.About(before.Address, notice, member, Occasion, change.Now));
    }
}
