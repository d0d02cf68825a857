using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Data.Privacy;

/// <summary>
/// Forgets a person (GDPR 17), as the <see cref="PrivacyTable"/> says: all of it, in one transaction, or nothing. What is written in other
/// organizations than those of the person is left alone: a namesake there is somebody else.
/// </summary>
public sealed class Erasure(PartnerCenterDb db, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <param name="personId">Who.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False if there is nobody to forget.</returns>
    /// <exception cref="RuleViolationException">The actor has not signed in just now, or an organization would lose its last Global admin.</exception>
    public async Task<bool> EraseAsync(int personId, Actor actor, CancellationToken cancellation = default)
    {
        FreshSignInTable.May(SensitiveStep.ErasePerson, actor.HasFreshSignIn).Enforce();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(() => TryAsync(personId, actor, cancellation), cancellation);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostAttempts)
            {
                // Somebody changed one of the organizations or mails at the same instant, and was first.
            }
        }
    }

    private async Task<bool> TryAsync(int personId, Actor actor, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        if (await db.People.SingleOrDefaultAsync(person => person.Id == personId && person.ErasedAt == null, cancellation) is not { } person)
            return false;

        var now = time.GetUtcNow().UtcDateTime;
        var rows = await PersonalRows.FindAsync(db, personId, cancellation);
        var (names, addresses) = await FindCallingsAsync(person, rows, cancellation);
        await RememberObjectionsAsync(person, rows, addresses, now, cancellation);

        var changes = new List<OrganizationChange>();
        foreach (var organization in rows.Organizations.Order())
            changes.Add(await OrganizationChange.BeginAsync(db, organization, actor, now, cancellation));
        var wasOperator = person.IsOperator;
        person.Erase(now);
        var mentions = new Mentions(names, addresses, person.Name);

        await DeleteAsync(rows, cancellation);
        await OverwriteMailsAsync(rows, cancellation);
        await OverwriteOwnAsync(rows, person, mentions, now, cancellation);
        foreach (var change in changes)
        {
            var member = (await change.FindMemberOfAsync(personId, cancellation))!;
            await LoadPreferencesAsync(member, cancellation);
            member.Erase(now);
            await OverwriteLogAsync(change, member, mentions, cancellation);
            await change.CompleteAsync(cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await CleanMentionsAsync(rows, mentions, cancellation);
        if (wasOperator)
            await CleanWorkOfOperatorAsync(mentions, cancellation);
        return true;
    }

    // Also what the person was called before: the log and reviews keep names as they were then.
    private async Task<(List<string> Names, List<string> Addresses)> FindCallingsAsync(Person person, PersonalRows of, CancellationToken cancellation)
    {
        var names = new List<string> { person.Name };
        var addresses = new List<string?> { person.SignInAddress };
        names.AddRange(await db.AuditEntries.Where(entry => of.Memberships.Contains(entry.ActorMembershipId!.Value)).Select(entry => entry.Actor).Distinct().ToListAsync(cancellation));
        names.AddRange(await db.AuditEntries.Where(entry => of.Memberships.Contains(entry.SubjectMembershipId!.Value) && entry.Subject != null).Select(entry => entry.Subject!).Distinct().ToListAsync(cancellation));
        foreach (var item in await db.Set<AccessReviewItem>().AsNoTracking().Where(item => of.Memberships.Contains(item.MembershipId)).ToListAsync(cancellation))
        {
            names.Add(item.MemberName);
            addresses.Add(item.MemberAddress);
        }

        foreach (var member in await db.Memberships.AsNoTracking().Where(membership => membership.PersonId == person.Id).ToListAsync(cancellation))
            addresses.AddRange([member.ContactAddress, member.PendingContact]);
        addresses.AddRange(await db.ContactVerifications.Where(asked => of.Memberships.Contains(asked.MembershipId)).Select(asked => asked.Address).Distinct().ToListAsync(cancellation));
        addresses.AddRange(await db.OutboxMails.Where(mail => of.Memberships.Contains(mail.MembershipId)).Select(mail => mail.Address).Distinct().ToListAsync(cancellation));
        var changed = await db.PreferenceChanges.AsNoTracking().Where(change => of.Memberships.Contains(change.MembershipId)).ToListAsync(cancellation);
        addresses.AddRange(changed.SelectMany(change => new[] { change.Before, change.After }).Where(value => value?.Contains('@', StringComparison.Ordinal) == true));
        return (names, [.. addresses.OfType<string>()]);
    }

    private async Task RememberObjectionsAsync(Person person, PersonalRows of, List<string> addresses, DateTime now, CancellationToken cancellation)
    {
        var objects = await db.OptOuts.AnyAsync(optOut => of.Memberships.Contains(optOut.MembershipId), cancellation);
        var bounced = await db.Memberships.Where(member => member.PersonId == person.Id && member.ContactState == ContactState.Bounced).Select(member => member.ContactAddress).ToListAsync(cancellation);
        foreach (var address in addresses.DistinctBy(ForgottenAddress.HashOf))
        {
            var refuses = bounced.Contains(address) || (person.MailRefusedAt is not null && MailAddressRule.IsSame(address, person.SignInAddress));
            if (!objects && !refuses)
                continue;
            var hash = ForgottenAddress.HashOf(address);
            if (await db.ForgottenAddresses.SingleOrDefaultAsync(row => row.AddressHash == hash, cancellation) is { } known)
                known.Add(refuses, objects);
            else
                db.Add(new ForgottenAddress(address, refuses, objects, now));
        }
    }

    private async Task DeleteAsync(PersonalRows of, CancellationToken cancellation)
    {
        await db.RemoveSessionsAsync(of.PersonId, cancellation);
        db.RemoveRange(await db.ExternalIdentities.Where(identity => identity.PersonId == of.PersonId).ToListAsync(cancellation));
        db.RemoveRange(await db.LocalAccounts.Include(account => account.RecoveryCodes).Where(account => account.PersonId == of.PersonId).ToListAsync(cancellation));
        db.RemoveRange(await db.PasswordResets.Where(reset => reset.PersonId == of.PersonId).ToListAsync(cancellation));
        db.RemoveRange(await db.FeedLinks.Where(link => of.Memberships.Contains(link.MembershipId)).ToListAsync(cancellation));
        db.RemoveRange(await db.MemberStates.Where(state => of.Memberships.Contains(state.MembershipId)).ToListAsync(cancellation));
        db.RemoveRange(await db.ContactVerifications.Where(asked => of.Memberships.Contains(asked.MembershipId)).ToListAsync(cancellation));
        db.RemoveRange(await db.MailEvents.Where(known => db.OutboxMails.Any(mail => mail.Id == known.OutboxMailId && of.Memberships.Contains(mail.MembershipId))).ToListAsync(cancellation));
    }

    private async Task OverwriteMailsAsync(PersonalRows of, CancellationToken cancellation)
    {
        foreach (var mail in await db.OutboxMails.Where(mail => of.Memberships.Contains(mail.MembershipId)).ToListAsync(cancellation))
            mail.Erase();
    }

    // What carries the name beside the number of the membership.
    private async Task OverwriteOwnAsync(PersonalRows of, Person person, Mentions mentions, DateTime now, CancellationToken cancellation)
    {
        foreach (var item in await db.Set<AccessReviewItem>().Where(item => of.Memberships.Contains(item.MembershipId)).ToListAsync(cancellation))
        {
            db.Entry(item).Property(row => row.MemberName).CurrentValue = person.Name;
            db.Entry(item).Property(row => row.MemberAddress).CurrentValue = person.SignInAddress;
        }

        foreach (var request in await db.AccessRequests.Where(request => of.Memberships.Contains(request.MembershipId) && request.State == AccessRequestState.Open).ToListAsync(cancellation))
            request.Withdraw(now);

        // What was told to the person alone can be about an address of theirs, masked as it may be.
        foreach (var communication in await db.Communications.Include(told => told.Contents).Include(told => told.Targets)
            .Where(told => told.Targets.Any(target => of.Memberships.Contains(target.MembershipId!.Value)))
            .ToListAsync(cancellation))
        {
            if (!communication.Targets.TrueForAll(target => target.MembershipId is { } one && of.Memberships.Contains(one)))
                continue;
            communication.Withdraw(now);
            foreach (var content in communication.Contents)
                db.Entry(content).Property(row => row.Body).CurrentValue = mentions.CleanMasked(content.Body);
        }
    }

    private async Task LoadPreferencesAsync(Membership member, CancellationToken cancellation)
    {
        await db.Entry(member).Collection(row => row.OptOuts).LoadAsync(cancellation);
        await db.Entry(member).Collection(row => row.PreferenceChanges).LoadAsync(cancellation);
    }

    private async Task OverwriteLogAsync(OrganizationChange change, Membership member, Mentions mentions, CancellationToken cancellation)
    {
        var entries = await db.AuditEntries
            .Where(entry => entry.OrganizationId == change.Organization.Id)
            .OrderBy(entry => entry.Number)
            .ToListAsync(cancellation);
        foreach (var entry in entries)
        {
            var (isActor, isSubject) = (entry.ActorMembershipId == member.Id, entry.SubjectMembershipId == member.Id);
            if (isActor || isSubject || mentions.AreIn(entry.Actor, entry.Subject, entry.Topic, entry.Before, entry.After, entry.Note))
                entry.Erase(mentions.Clean, isActor, isSubject, member.Person.Name);
        }

        change.Record(AuditAction.PersonErased, member, after: ActivityLog.ProofOf(entries.Where(entry => entry.IsErased)));
    }

    private async Task CleanMentionsAsync(PersonalRows of, Mentions mentions, CancellationToken cancellation)
    {
        var here = of.Organizations;
        var told = db.Communications.Where(communication => communication.Targets.Any(target =>
            (target.OrganizationId == null && target.MembershipId == null)
            || here.Contains(target.OrganizationId!.Value)
            || db.Memberships.Any(member => member.Id == target.MembershipId && here.Contains(member.OrganizationId))));

        await CleanAsync(db.Memberships.Where(row => here.Contains(row.OrganizationId)), mentions, cancellation);
        await CleanAsync(db.Set<RoleAssignment>().Where(row => db.Memberships.Any(member => member.Id == row.MembershipId && here.Contains(member.OrganizationId))), mentions, cancellation);
        await CleanAsync(db.AccessRequests.Where(row => here.Contains(row.OrganizationId)), mentions, cancellation);
        await CleanAsync(db.AccessReviews.Where(row => here.Contains(row.OrganizationId)), mentions, cancellation);
        await CleanAsync(db.AccessReviews.Where(row => here.Contains(row.OrganizationId)).SelectMany(row => row.Items), mentions, cancellation);
        await CleanAsync(db.SupportRequests.Where(row => here.Contains(row.OrganizationId)), mentions, cancellation);
        await CleanAsync(db.SupportRequests.Where(row => here.Contains(row.OrganizationId)).SelectMany(row => row.Notes), mentions, cancellation);
        await CleanAsync(told, mentions, cancellation);
        await CleanAsync(db.CommunicationContents.Where(row => told.Any(communication => communication.Id == row.CommunicationId)), mentions, cancellation);
        var doneHere = await CompletedForAsync(here, mentions, cancellation);
        await CleanAsync(db.Completions.Where(row => doneHere.Contains(row.CompletedFor)), mentions, cancellation);
        await CleanAsync(db.CommunicationSteps.Where(row => here.Contains(row.OrganizationId)), mentions, cancellation);
        await CleanAsync(db.OutboxMails.Where(row => here.Contains(row.OrganizationId)), mentions, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    // A completion says by a text for whom it is: of members, only those of these organizations count.
    private async Task<List<string>> CompletedForAsync(IReadOnlyList<int> organizations, Mentions mentions, CancellationToken cancellation)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in mentions.Words)
            named.UnionWith(await db.Completions.Where(row => row.CompletedBy.Contains(word) || row.Note!.Contains(word)).Select(row => row.CompletedFor).ToListAsync(cancellation));
        var members = await db.Memberships.Where(member => organizations.Contains(member.OrganizationId)).Select(member => member.Id).ToListAsync(cancellation);
        named.IntersectWith(members.Select(Completion.ForMember).Concat(organizations.Select(Completion.ForOrganization)));
        return [.. named];
    }

    // Whoever runs the program leaves their name with every partner, in three places.
    private async Task CleanWorkOfOperatorAsync(Mentions mentions, CancellationToken cancellation)
    {
        await CleanAsync(db.Communications, [nameof(Communication.PublishedBy)], mentions, cancellation);
        await CleanAsync(db.Set<SupportNote>().Where(note => note.Side == SupportSide.Program), [nameof(SupportNote.By)], mentions, cancellation);
        await CleanAsync(db.OutboxMails.Where(mail => mail.State == MailState.Failed), [nameof(OutboxMail.LastAnswer)], mentions, cancellation);
    }

    private Task CleanAsync<T>(IQueryable<T> rows, Mentions mentions, CancellationToken cancellation)
        where T : class =>
        CleanAsync(rows, PrivacyTable.Rows.Single(row => row.Entity == typeof(T)).Texts, mentions, cancellation);

    private async Task CleanAsync<T>(IQueryable<T> rows, IReadOnlyList<string> texts, Mentions mentions, CancellationToken cancellation)
        where T : class
    {
        foreach (var text in texts)
        {
            foreach (var word in mentions.Words)
            {
                foreach (var row in await rows.Where(row => EF.Property<string?>(row, text)!.Contains(word)).ToListAsync(cancellation))
                {
                    var property = db.Entry(row).Property<string?>(text);
                    var clean = mentions.Clean(property.CurrentValue ?? "");
                    property.CurrentValue = property.Metadata.GetMaxLength() is { } most && clean.Length > most ? clean[..most] : clean;
                }

                await db.SaveChangesAsync(cancellation);
            }
        }
    }
}
