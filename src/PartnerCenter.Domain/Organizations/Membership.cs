using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Domain.Organizations;

/// <summary>One person in one organization. It holds the roles, the preferences and whatever else is "mine here".</summary>
public sealed class Membership
{
    /// <summary>How many characters a job title can have.</summary>
    public const int LongestJobTitle = 200;

    private Membership()
    {
    }

    public Membership(Organization organization, Person person, DateTime now)
    {
        Organization = organization;
        Person = person;
        EmailLanguage = person.Language;
        JoinedAt = now;
        MustCatchUp = true;
    }

    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public Organization Organization { get; private set; } = null!;

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    /// <summary>When the person became a member, in UTC; of an invited one, when they were asked.</summary>
    public DateTime JoinedAt { get; private set; }

    public MembershipStatus Status { get; private set; }

    /// <summary>Since when it stands like this, in UTC; null means since <see cref="JoinedAt"/>.</summary>
    public DateTime? StatusSince { get; private set; }

    /// <summary>Comes from outside the organization.</summary>
    public bool IsGuest { get; private set; }

    /// <summary>When the membership itself ends, in UTC; null means that it stays.</summary>
    public DateTime? EndsAt { get; private set; }

    /// <summary>The name of who invited the person; null for somebody who was added otherwise.</summary>
    public string? InvitedBy { get; private set; }

    /// <summary>Until when the invitation can, or could, be accepted, in UTC; null once it was, or if none was needed.</summary>
    public DateTime? InvitationExpiresAt { get; private set; }

    public string? JobTitle { get; private set; }

    /// <summary>The language of mails to this member; the pages follow <see cref="Person.Language"/>.</summary>
    public string EmailLanguage { get; private set; } = Languages.Default;

    /// <summary>Whose clock the member lives by, one of <see cref="TimeZones.All"/>; null for UTC, which nobody chose.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>Where mail goes instead of the sign-in address, once it is verified.</summary>
    public string? ContactAddress { get; private set; }

    /// <summary>What is known of <see cref="ContactAddress"/>. What the member is told is <see cref="ContactStateAt"/>.</summary>
    public ContactState ContactState { get; private set; }

    /// <summary>An address that waits to be confirmed; until it is, mail goes where it went.</summary>
    public string? PendingContact { get; private set; }

    /// <summary>Until when <see cref="PendingContact"/> can, or could, be confirmed, in UTC.</summary>
    public DateTime? PendingContactUntil { get; private set; }

    /// <summary>When the member said that mail is to go to the sign-in address, in UTC; null while nobody asked or answered.</summary>
    public DateTime? SignInAddressChosenAt { get; private set; }

    /// <summary>When the member answered the questions of the first visit, or skipped them, in UTC.</summary>
    public DateTime? SetUpAt { get; private set; }

    /// <summary>The tiles at the front of the dashboard, as <see cref="TilePins"/> writes them; null while there are none.</summary>
    public string? PinnedTiles { get; private set; }

    /// <summary>Everything that reached this member directly is read up to and including this communication.</summary>
    public long ReadUpTo { get; private set; }

    /// <summary>
    /// Whether the member gained access to something and was not yet sent what has been open there: it must be done before this is taken
    /// back by <see cref="CaughtUp"/>.
    /// </summary>
    public bool MustCatchUp { get; private set; }

    public int Version { get; private set; }

    public List<RoleAssignment> Roles { get; private set; } = [];

    public List<OptOut> OptOuts { get; private set; } = [];

    /// <summary>What this object has changed, and, if they were read, the changes before; the history is read from the database.</summary>
    public List<PreferenceChange> PreferenceChanges { get; private set; } = [];

    /// <summary>A membership that begins once the person accepts.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="person">Who.</param>
    /// <param name="invitedBy">The name of who invites, as it will be shown.</param>
    /// <param name="now">The time in UTC.</param>
    public static Membership Invite(Organization organization, Person person, string invitedBy, DateTime now)
    {
        var membership = new Membership(organization, person, now);
        membership.AskToJoin(invitedBy, now);
        return membership;
    }

    /// <summary>Moves a tile of the member's dashboard.</summary>
    public void Arrange(TileMove move, string workspace) => PinnedTiles = TilePins.Read(PinnedTiles).After(move, workspace).Write();

    /// <summary>Whether the member can work in the organization.</summary>
    public bool IsActiveAt(DateTime now) => Status == MembershipStatus.Active && (EndsAt is null || now < EndsAt);

    /// <summary>Whether the member may sign in and work now, in an organization that is open.</summary>
    public bool CanWorkAt(DateTime now) => IsActiveAt(now) && !Organization.IsSuspended && !Person.IsDisabled;

    /// <summary>Whether the person has said yes to this membership, or was added without being asked.</summary>
    public bool HasJoined => InvitationExpiresAt is null;

    /// <summary>
    /// The name that others of the organization see. Until somebody has joined, that is the address they were asked at: the name may be
    /// known from another organization, which is none of this one's business.
    /// </summary>
    public string ShownName => HasJoined ? Person.Name : Person.NameFrom(Person.SignInAddress);

    /// <summary>Whether nobody can accept the invitation any more; a guest whose time is over cannot either.</summary>
    public bool HasInvitationExpiredAt(DateTime now) => Status == MembershipStatus.Invited && (now >= InvitationExpiresAt || now >= EndsAt);

    /// <summary>Until when somebody who was removed can be brought back; null while nobody removed them, and for whoever never joined.</summary>
    public DateTime? RestorableUntil => Status == MembershipStatus.Removed && HasJoined ? StatusSince + MembershipPolicy.RestorableFor : null;

    /// <summary>Whether somebody was removed so long ago that they can't be brought back as they were.</summary>
    public bool IsGoneForGoodAt(DateTime now) => now >= RestorableUntil;

    /// <summary>
    /// Whether the organization can count on this member to administer it: a Global admin who is active and whose right has no end.
    /// </summary>
    public bool IsLastingGlobalAdmin =>
        Status == MembershipStatus.Active
        && EndsAt is null
        && !Person.IsDisabled
        && Roles.Exists(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key && grant.EndsAt is null);

    /// <summary>Grants a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="grantedBy">The name of who grants it, as it will be shown.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="location">Where the role counts; null means in the entire organization.</param>
    /// <param name="endsAt">When it ends, in UTC; null means that it stays.</param>
    /// <exception cref="ArgumentException">The role cannot be granted, or not for one location.</exception>
    public RoleAssignment Grant(Role role, string grantedBy, DateTime now, Location? location = null, DateTime? endsAt = null)
    {
        if (role.Family == RoleFamily.Everyone)
            throw new ArgumentException($"Every member has {role.Key}; nobody grants it.", nameof(role));
        if (location is not null && !role.ByLocation)
            throw new ArgumentException($"{role.Key} counts in the entire organization.", nameof(location));

        var assignment = new RoleAssignment(role.Key, grantedBy, now, location, endsAt);
        Roles.Add(assignment);
        GainAccess();
        return assignment;
    }

    public void Revoke(RoleAssignment assignment) => Roles.Remove(assignment);

    /// <summary>The member sees more than before, for whatever reason.</summary>
    public void GainAccess() => MustCatchUp = true;

    /// <summary>The member was sent what was open when access was gained.</summary>
    public void CaughtUp() => MustCatchUp = false;

    /// <summary>Marks everything that this member can see now as read.</summary>
    /// <param name="newest">The newest communication that the member can see.</param>
    public void MarkAllRead(long newest)
    {
        ReadUpTo = Math.Max(ReadUpTo, newest);
        foreach (var assignment in Roles)
            assignment.MarkAllRead(newest);
    }

    /// <param name="endsAt">When the membership ends, in UTC; null means that it stays.</param>
    public void BecomeGuest(DateTime? endsAt = null)
    {
        IsGuest = true;
        EndsAt = endsAt;
    }

    /// <summary>Sends the invitation once more; it can be accepted from now on as long as a new one.</summary>
    /// <exception cref="RuleViolationException">Nobody is waited for.</exception>
    public void InviteAgain(string invitedBy, DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Resend, Status).Enforce();
        AskToJoin(invitedBy, now);
    }

    /// <summary>Asks somebody who was a member before; what they had then does not come back.</summary>
    /// <exception cref="RuleViolationException">The person is a member or invited already.</exception>
    public void InviteBack(string invitedBy, DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Invite, Status).Enforce();
        Roles.Clear();
        (IsGuest, EndsAt, JoinedAt) = (false, null, now);
        if (ContactAddress is not null)
            NoteSignInAddress(new(ChangedBy.Invitation, now));
        (ContactAddress, ContactState, SignInAddressChosenAt, SetUpAt) = (null, ContactState.None, null, null);
        StopAwaitingContact();
        AskToJoin(invitedBy, now);
    }

    /// <exception cref="RuleViolationException">The invitation was withdrawn, answered or has expired.</exception>
    public void Accept(DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Accept, Status).Enforce();
        if (HasInvitationExpiredAt(now))
            throw new RuleViolationException(Reasons.InvitationExpired);

        InvitationExpiresAt = null;
        JoinedAt = now;
        Become(MembershipStatus.Active, now);
    }

    /// <summary>Takes an invitation back, or turns it down.</summary>
    /// <exception cref="RuleViolationException">Nobody is waited for.</exception>
    public void Withdraw(DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Withdraw, Status).Enforce();
        Roles.Clear();
        Become(MembershipStatus.Removed, now);
    }

    /// <exception cref="RuleViolationException">The member is not active.</exception>
    public void Disable(DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Disable, Status).Enforce();
        Become(MembershipStatus.Disabled, now);
    }

    /// <exception cref="RuleViolationException">The member is not disabled.</exception>
    public void Enable(DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Enable, Status).Enforce();
        Become(MembershipStatus.Active, now);
    }

    /// <exception cref="RuleViolationException">There is no member to remove.</exception>
    public void Remove(DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Remove, Status).Enforce();
        Become(MembershipStatus.Removed, now);
    }

    /// <summary>Goes of one's own accord.</summary>
    /// <exception cref="RuleViolationException">The member is not active.</exception>
    public void Leave(DateTime now)
    {
        MembershipPolicy.May(MembershipVerb.Leave, Status).Enforce();
        Become(MembershipStatus.Removed, now);
    }

    /// <summary>Brings somebody back with the roles that they had.</summary>
    /// <exception cref="RuleViolationException">The member was not removed, never joined, or was removed too long ago.</exception>
    public void Restore(DateTime now)
    {
        MayRestoreAt(now).Enforce();
        if (EndsAt <= now)
            EndsAt = null;
        Become(MembershipStatus.Active, now);
    }

    /// <summary>Whether somebody can be brought back as they were. Who never said yes cannot: nobody becomes a member unasked.</summary>
    public Verdict MayRestoreAt(DateTime now)
    {
        if (Person.ErasedAt is not null)
            return Verdict.Refused(Reasons.RemovedTooLongAgo);
        var stands = MembershipPolicy.May(MembershipVerb.Restore, Status);
        if (!stands.IsAllowed)
            return stands;
        if (!HasJoined)
            return Verdict.Refused(Reasons.NeverJoined);
        return IsGoneForGoodAt(now) ? Verdict.Refused(Reasons.RemovedTooLongAgo) : Verdict.Allowed;
    }

    /// <summary>Ends a membership of somebody who is forgotten, with all that was theirs in it.</summary>
    public void Erase(DateTime now)
    {
        Roles.Clear();
        OptOuts.Clear();
        PreferenceChanges.Clear();
        (JobTitle, TimeZone, PinnedTiles, EmailLanguage) = (null, null, null, Languages.Default);
        (ContactAddress, ContactState, SignInAddressChosenAt, SetUpAt) = (null, ContactState.None, null, null);
        (InvitedBy, InvitationExpiresAt, IsGuest, EndsAt, MustCatchUp) = (null, null, false, null, false);
        StopAwaitingContact();
        if (Status != MembershipStatus.Removed)
            Become(MembershipStatus.Removed, now);
    }

    /// <summary>
    /// Makes somebody a member for good, however the membership stood: nobody is left in the organization who could undo what keeps
    /// them out.
    /// </summary>
    public void Recover(DateTime now)
    {
        (IsGuest, EndsAt, InvitationExpiresAt) = (false, null, null);
        Become(MembershipStatus.Active, now);
    }

    /// <summary>Writes mails to this member in another language.</summary>
    public void WriteIn(string emailLanguage, ChangeOrigin origin)
    {
        Note(PreferenceTopic.EmailLanguage, EmailLanguage, emailLanguage, origin);
        EmailLanguage = emailLanguage;
    }

    /// <param name="jobTitle">What the member does; empty for nothing.</param>
    /// <param name="origin">By which way this is known, and since when.</param>
    public void WorkAs(string? jobTitle, ChangeOrigin origin)
    {
        var title = string.IsNullOrWhiteSpace(jobTitle) ? null : jobTitle.Trim();
        Note(PreferenceTopic.JobTitle, JobTitle, title, origin);
        JobTitle = title;
    }

    /// <param name="timeZone">One of <see cref="TimeZones.All"/>; null for none.</param>
    /// <param name="origin">By which way this is known, and since when.</param>
    /// <exception cref="ArgumentException">There is no such time zone to choose.</exception>
    public void LiveIn(string? timeZone, ChangeOrigin origin)
    {
        if (timeZone is not null && !TimeZones.All.Contains(timeZone))
            throw new ArgumentException($"There is no time zone '{timeZone}' to choose.", nameof(timeZone));

        Note(PreferenceTopic.TimeZone, TimeZone, timeZone, origin);
        TimeZone = timeZone;
    }

    /// <exception cref="ArgumentException">There is no such time zone to choose.</exception>
    public void DescribeAs(string? jobTitle, string emailLanguage, string? timeZone, ChangeOrigin origin)
    {
        WorkAs(jobTitle, origin);
        WriteIn(emailLanguage, origin);
        LiveIn(timeZone, origin);
    }

    /// <summary>Turns one kind of mail on or off; what is so already stays as it was decided.</summary>
    /// <param name="kind">The kind of mail.</param>
    /// <param name="workspace">The key of the workspace; null means all.</param>
    /// <param name="isWanted">What is decided.</param>
    /// <param name="origin">By which way, and when.</param>
    /// <exception cref="RuleViolationException">Mail of this kind is required.</exception>
    public void Choose(CommunicationKind kind, string? workspace, bool isWanted, ChangeOrigin origin)
    {
        var decided = FindOptOut(kind, workspace);
        if (isWanted == decided is null)
            return;

        if (decided is null)
            OptOuts.Add(new OptOut(Id, kind, workspace, origin.At, origin.By));
        else
            OptOuts.Remove(decided);
        PreferenceChanges.Add(new PreferenceChange(kind, workspace, isWanted, origin));
    }

    /// <summary>The decision about one row of the choices; null while it is on.</summary>
    public OptOut? FindOptOut(CommunicationKind kind, string? workspace) =>
        OptOuts.Find(optOut => optOut.Kind == kind && optOut.Workspace == workspace);

    /// <summary>Whether the member wants mail of a kind about a workspace.</summary>
    public bool Wants(CommunicationKind kind, string workspace) => ChoicePolicy.IsSent(row => FindOptOut(kind, row) is null, workspace);

    /// <summary>The member's mail provider reported mail as unwanted: all that is optional is off, until the member turns it on again.</summary>
    /// <param name="now">The time in UTC.</param>
    public void Complain(DateTime now)
    {
        foreach (var kind in CommunicationPolicy.Published.Where(kind => CommunicationPolicy.MayOptOut(kind).IsAllowed))
        {
            Choose(kind, workspace: null, isWanted: false, new(ChangedBy.Complaint, now));
            FindOptOut(kind, workspace: null)!.ConfirmByComplaint();
        }
    }

    /// <summary>Whether mail of a kind is off because of a complaint.</summary>
    public bool HasComplainedOf(CommunicationKind kind) => FindOptOut(kind, workspace: null) is { DecidedBy: ChangedBy.Complaint };

    /// <summary>How it stands with the address for mail: what waits to be confirmed comes first, then what is in use.</summary>
    public ContactState ContactStateAt(DateTime now)
    {
        if (PendingContact is null)
            return ContactState == ContactState.None && Person.MailRefusedAt is not null ? ContactState.Bounced : ContactState;
        return now < PendingContactUntil ? ContactState.Pending : ContactState.Expired;
    }

    /// <summary>Whether the member has yet to say where mail reaches them for sure.</summary>
    public bool OwesContactAt(DateTime now) => ContactStateAt(now) switch
    {
        ContactState.Verified => false,
        ContactState.None => SignInAddressChosenAt is null,
        _ => true,
    };

    /// <summary>Waits for the member to confirm an address.</summary>
    public void AwaitContact(string address, DateTime until, ChangeOrigin origin)
    {
        Note(PreferenceTopic.ContactAsked, PendingContact, address, origin);
        (PendingContact, PendingContactUntil) = (address, until);
    }

    /// <summary>The member gives up an address that waits.</summary>
    public void CancelContact(ChangeOrigin origin)
    {
        Note(PreferenceTopic.ContactCancelled, PendingContact, after: null, origin);
        StopAwaitingContact();
    }

    /// <summary>Sends mail to an address that the member has shown to be theirs.</summary>
    public void UseVerifiedContact(string address, ChangeOrigin origin)
    {
        Note(PreferenceTopic.ContactConfirmed, ContactState == ContactState.Verified ? ContactAddress : null, address, origin);
        (ContactAddress, ContactState) = (address, ContactState.Verified);
        SignInAddressChosenAt = null;
        StopAwaitingContact();
    }

    /// <summary>The receiver refused an address for good: if mail goes there still, it goes to the sign-in address until that is mended.</summary>
    /// <returns>Whether mail went there until now.</returns>
    public bool ContactBounced(string address, DateTime now)
    {
        if (ContactState != ContactState.Verified || ContactAddress != address)
            return false;

        Note(PreferenceTopic.ContactBounced, address, after: null, new(ChangedBy.Delivery, now));
        ContactState = ContactState.Bounced;
        return true;
    }

    /// <summary>Sends mail to the sign-in address, because the member says so.</summary>
    public void UseSignInAddress(ChangeOrigin origin)
    {
        NoteSignInAddress(origin);
        Person.TakeMailAgain();
        (ContactAddress, ContactState) = (null, ContactState.None);
        SignInAddressChosenAt = origin.At;
        StopAwaitingContact();
    }

    /// <summary>The member has answered the questions of the first visit, or skipped them.</summary>
    public void SetUp(DateTime now) => SetUpAt ??= now;

    private void NoteSignInAddress(ChangeOrigin origin)
    {
        if (ContactAddress is not null || SignInAddressChosenAt is null)
            PreferenceChanges.Add(new PreferenceChange(PreferenceTopic.SignInAddress, ContactAddress, Person.SignInAddress, origin));
    }

    private void Note(PreferenceTopic topic, string? before, string? after, ChangeOrigin origin)
    {
        if (before != after)
            PreferenceChanges.Add(new PreferenceChange(topic, before, after, origin));
    }

    private void StopAwaitingContact() => (PendingContact, PendingContactUntil) = (null, null);

    private void AskToJoin(string invitedBy, DateTime now)
    {
        Person.TakeMailAgain();
        InvitedBy = invitedBy;
        InvitationExpiresAt = now + MembershipPolicy.InvitationLasts;
        Become(MembershipStatus.Invited, now);
    }

    private void Become(MembershipStatus status, DateTime now)
    {
        (Status, StatusSince) = (status, now);
        if (status == MembershipStatus.Active)
            GainAccess();
    }
}

/// <summary>What is known of a member's contact address.</summary>
public enum ContactState
{
    /// <summary>None was given: mail goes to the sign-in address.</summary>
    None,

    /// <summary>One waits to be confirmed; mail goes where it went before. Follows from time, and is never stored.</summary>
    Pending,

    Verified,

    /// <summary>One was not confirmed in time; mail goes where it went before. Follows from time, and is never stored.</summary>
    Expired,

    /// <summary>The receiver refused it for good: mail goes to the sign-in address until it is mended.</summary>
    Bounced,
}
