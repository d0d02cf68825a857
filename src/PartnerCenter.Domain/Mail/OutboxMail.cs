using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Domain.Mail;

/// <summary>
/// One mail to one recipient, with its history. The row stays after the mail is gone, so that "did Anna get it, and if not, why?" is
/// one look-up. Every step raises <see cref="Version"/>, which the database checks: of two who take the same step, one loses.
/// </summary>
/// <remarks>
/// Delivery is at least once. A process that dies between the relay's answer and <see cref="RecordSent"/> leaves a row whose mail may
/// or may not have gone; whoever takes it over counts that in <see cref="InDoubt"/>, so doubles never exceed the sum of it.
/// </remarks>
public sealed class OutboxMail
{
    /// <summary>A mail that was claimed this often without an answer from the relay is set aside: it may be what kills the process.</summary>
    public const int MostClaims = 8;

    private const int MayBeChance = 1;

    private OutboxMail()
    {
    }

    private OutboxMail(Communication communication, int membershipId, int organizationId, string occasion, string language, DateTime now)
    {
        CommunicationId = communication.Id;
        Kind = communication.Kind;
        Urgency = CommunicationPolicy.UrgencyOf(communication.Kind);
        Workspace = communication.Workspace;
        MembershipId = membershipId;
        OrganizationId = organizationId;
        Occasion = occasion;
        Language = language;
        QueuedAt = now;
        NextAttemptAt = now;
        MessageKey = Guid.NewGuid().ToString("N");
    }

    public long Id { get; private set; }

    public long CommunicationId { get; private set; }

    public CommunicationKind Kind { get; private set; }

    /// <summary>Which of the mails that are due go first: the lowest; see <see cref="CommunicationPolicy.UrgencyOf"/>.</summary>
    public int Urgency { get; private set; }

    public string Workspace { get; private set; } = "";

    public int MembershipId { get; private set; }

    public int OrganizationId { get; private set; }

    /// <summary>What gave rise to it. With communication and membership it is unique: nobody is told the same twice.</summary>
    public string Occasion { get; private set; } = "";

    public MailState State { get; private set; }

    /// <summary>The dispatcher instance that holds it while it is claimed or being sent.</summary>
    public string? Owner { get; private set; }

    public int Claims { get; private set; }

    /// <summary>How often whoever held it ended, or fell silent, before the relay gave an answer about it.</summary>
    public int LeftBehind { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>How often nobody could tell whether the mail had gone.</summary>
    public int InDoubt { get; private set; }

    public DateTime QueuedAt { get; private set; }

    public DateTime NextAttemptAt { get; private set; }

    /// <summary>Why it waits, or waited last, although it could have gone; null if it never did.</summary>
    public PostponementReason? PostponedBecause { get; private set; }

    /// <summary>The mail in which this one went together with others; null when it went, or goes, alone, and for the one that carried them.</summary>
    public long? DigestId { get; private set; }

    /// <summary>When the relay took it over.</summary>
    public DateTime? SentAt { get; private set; }

    public string Language { get; private set; } = "";

    public string? Address { get; private set; }

    public AddressSource? AddressSource { get; private set; }

    public SuppressionReason? SuppressedBecause { get; private set; }

    /// <summary>Unique part of the Message-ID; the same on every attempt, so that a receiver can drop a copy.</summary>
    public string MessageKey { get; private set; } = "";

    public string? Subject { get; private set; }

    public string? TextBody { get; private set; }

    public string? HtmlBody { get; private set; }

    /// <summary>The confirmation that this mail asks for.</summary>
    public long? ContactVerificationId { get; private set; }

    /// <summary>The choice of another password that the link of this mail leads to.</summary>
    public long? PasswordResetId { get; private set; }

    /// <summary>What only this mail may say, for as long as it waits: a <see cref="ContactSecret"/>, or the sealed secret of a link.</summary>
    public string? Secret { get; private set; }

    /// <summary>What the relay, or the fault, said last.</summary>
    public string? LastAnswer { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whether it is told to nobody but its reader: it opens something.</summary>
    public bool IsPrivate => ContactVerificationId is not null || PasswordResetId is not null;

    /// <summary>Whether it may be what ended those who held it. Such a mail is claimed alone, so that it takes no other with it.</summary>
    public bool MayBeDeadly => LeftBehind > MayBeChance;

    // It was for somebody, and nobody knows whom any more.
    private bool IsForgotten => Address is null && State is (MailState.Failed or MailState.Bounced or MailState.Quarantined);

    /// <summary>Writes down what the policy said when the mail was wanted: it waits, or it is suppressed and says why.</summary>
    public static OutboxMail From(
        MailDecision decision, Communication communication, int membershipId, int organizationId, string occasion, string language, DateTime now)
    {
        var mail = new OutboxMail(communication, membershipId, organizationId, occasion, language, now);
        if (decision.Suppressed is { } because)
            mail.Suppress(because);
        else
            mail.AddressTo(decision.To!);
        return mail;
    }

    /// <summary>A mail about the very address that it goes to, which need not be one of the member's.</summary>
    public static OutboxMail About(string address, Communication communication, Membership member, string occasion, DateTime now)
    {
        var mail = new OutboxMail(communication, member.Id, member.OrganizationId, occasion, member.EmailLanguage, now);
        mail.AddressTo(new(address, Mail.AddressSource.Own));
        return mail;
    }

    /// <summary>A mail that asks whether the address that it goes to is the member's own.</summary>
    public static OutboxMail Asking(
        ContactVerification verification, ContactSecret secret, Communication communication, Membership member, string occasion, DateTime now)
    {
        var mail = About(verification.Address, communication, member, occasion, now);
        mail.ContactVerificationId = verification.Id;
        mail.Secret = secret.Write();
        return mail;
    }

    /// <summary>A mail whose link leads to the choice of another password. It goes to the sign-in address, which is the name that the password is for.</summary>
    /// <param name="reset">What it leads to, saved.</param>
    /// <param name="sealedSecret">What its link carries, sealed.</param>
    /// <param name="communication">What it tells.</param>
    /// <param name="member">Whom, with person.</param>
    /// <param name="now">The time in UTC.</param>
    public static OutboxMail Resetting(PasswordReset reset, string sealedSecret, Communication communication, Membership member, DateTime now)
    {
        var mail = About(member.Person.SignInAddress, communication, member, MailOccasion.PasswordReset, now);
        (mail.PasswordResetId, mail.Secret) = (reset.Id, sealedSecret);
        return mail;
    }

    /// <summary>A dispatcher takes it. The claim is counted before any work, so that a mail that kills the process is noticed.</summary>
    public void Claim(string owner)
    {
        Require(MailState.Queued);
        Claims++;
        if (Claims > MostClaims)
        {
            (State, Secret) = (MailState.Quarantined, null);
            LastAnswer = $"Claimed {MostClaims} times without an answer from the relay.";
            return;
        }

        State = MailState.Claimed;
        Owner = owner;
    }

    /// <summary>The last gate is passed: from here on nobody can tell whether the mail has gone until the outcome is recorded.</summary>
    public void StartSending(MailAddressee to, string subject, string text, string html)
    {
        Require(MailState.Claimed);
        AddressTo(to);
        Subject = subject;
        if (!IsPrivate)
            (TextBody, HtmlBody) = (text, html);
        Attempts++;
        State = MailState.Sending;
    }

    public void Suppress(SuppressionReason because)
    {
        Require(MailState.Queued, MailState.Claimed);
        SuppressedBecause = because;
        (State, Owner, Secret) = (MailState.Suppressed, null, null);
    }

    /// <summary>It could go, but not at this time of the day, or not alone: it waits, and the claim does not count.</summary>
    public void Postpone(Postponement wait)
    {
        GiveBack();
        (NextAttemptAt, PostponedBecause, LastAnswer) = (wait.Until, wait.Because, null);
    }

    /// <summary>It goes in the mail that carries several: both have the same fate from here on.</summary>
    public void StartSendingIn(OutboxMail digest)
    {
        Require(MailState.Claimed);
        AddressTo(new(digest.Address!, digest.AddressSource!.Value));
        (DigestId, Subject) = (digest.Id, digest.Subject);
        Attempts++;
        State = MailState.Sending;
    }

    /// <summary>Wanted again although a rule stopped it: what stopped it holds no more. Its history goes on.</summary>
    public void Reconsider(DateTime now)
    {
        Require(MailState.Suppressed);
        (State, SuppressedBecause, NextAttemptAt) = (MailState.Queued, null, now);
    }

    public void RecordSent(string answer, DateTime now)
    {
        Require(MailState.Sending);
        SentAt = now;
        End(MailState.Sent, answer);
    }

    /// <summary>The relay refused it, or the receiver did: for good.</summary>
    public void RecordRefused(string answer, bool addressIsWrong)
    {
        Require(MailState.Sending);
        End(addressIsWrong ? MailState.Bounced : MailState.Failed, answer);
    }

    /// <summary>
    /// It was sent and came back. From the contact address it waits for another turn, in which the policy knows a better address; from
    /// the others there is none.
    /// </summary>
    public void RecordReturned(string answer, DateTime now)
    {
        Require(MailState.Sent);
        if (AddressSource == Mail.AddressSource.Contact)
            (State, NextAttemptAt, LastAnswer, SentAt, Claims, LeftBehind, DigestId) = (MailState.Queued, now, answer, null, 0, 0, null);
        else
            End(MailState.Bounced, answer);
    }

    /// <summary>It did not go, or nobody can tell: it waits for another attempt.</summary>
    public void RecordDeferred(string answer, DateTime nextAttemptAt, bool inDoubt)
    {
        Require(MailState.Sending);
        if (inDoubt)
            InDoubt++;
        else
            (Claims, LeftBehind) = (0, 0);
        (LastAnswer, NextAttemptAt) = (answer, nextAttemptAt);
        (State, Owner, DigestId) = (MailState.Queued, null, null);
    }

    /// <summary>It did not go, or nobody can tell, and it was tried often enough.</summary>
    public void RecordExhausted(string answer, bool inDoubt)
    {
        Require(MailState.Sending);
        if (inDoubt)
            InDoubt++;
        End(MailState.Failed, answer);
    }

    /// <summary>The relay was away, so it surely did not go: that was no attempt.</summary>
    public void RecordRelayAway(string answer, DateTime nextAttemptAt)
    {
        RecordDeferred(answer, nextAttemptAt, inDoubt: false);
        Attempts--;
    }

    /// <summary>It was to go, and its owner knows that the relay has heard nothing of it: neither the attempt nor the claim counts.</summary>
    public void CallOff(DateTime nextAttemptAt)
    {
        Require(MailState.Sending);
        (Attempts, Claims) = (Attempts - 1, Claims - 1);
        (State, Owner, DigestId, NextAttemptAt) = (MailState.Queued, null, null, nextAttemptAt);
    }

    /// <summary>It could not be composed; another attempt would fail alike.</summary>
    public void RecordUnsendable(string why)
    {
        Require(MailState.Claimed);
        End(MailState.Failed, why);
    }

    /// <summary>The owner puts it back untouched and in good order: the claim does not count.</summary>
    public void GiveBack()
    {
        Require(MailState.Claimed);
        Claims--;
        (State, Owner) = (MailState.Queued, null);
    }

    /// <summary>Whether an operator can do this with it.</summary>
    public Verdict May(MailVerb verb) =>
        MailVerbPolicy.May(verb, State, wasSent: SentAt is not null, isSpent: Secret is null && (IsPrivate || IsForgotten));

    /// <summary>An operator wants it sent after all: it waits as if it was new, and may go now.</summary>
    /// <exception cref="RuleViolationException">Its state refuses it.</exception>
    public void Retry(DateTime now)
    {
        May(MailVerb.Retry).Enforce();
        (State, NextAttemptAt, Claims, LeftBehind, Attempts, LastAnswer, DigestId) = (MailState.Queued, now, 0, 0, 0, null, null);
    }

    /// <summary>An operator wants nobody to try it any more.</summary>
    /// <exception cref="RuleViolationException">Its state refuses it.</exception>
    public void GiveUp(string by)
    {
        May(MailVerb.GiveUp).Enforce();
        End(MailState.Failed, $"Given up by {by}.");
    }

    /// <summary>Takes it from an owner that has fallen silent, or that stops in good order.</summary>
    public void Release()
    {
        Require(MailState.Claimed, MailState.Sending);
        if (State == MailState.Sending)
            InDoubt++;
        LeftBehind++;
        (State, Owner, DigestId) = (MailState.Queued, null, null);
    }

    /// <summary>Forgets whom it was for and what it said; that there was such a mail, and what became of it, still counts.</summary>
    public void Erase()
    {
        if (State is MailState.Queued or MailState.Claimed)
            Suppress(SuppressionReason.PersonInactive);
        Forget();
    }

    /// <summary>Forgets the words of a mail whose history is over.</summary>
    public void ForgetWords() => (TextBody, HtmlBody) = (null, null);

    /// <summary>Forgets who it was for and all its words, and what was said of it.</summary>
    public void Forget()
    {
        ForgetWords();
        (Address, Subject, Secret, LastAnswer, ContactVerificationId, PasswordResetId) = (null, null, null, null, null, null);
    }

    private void AddressTo(MailAddressee to) => (Address, AddressSource) = (to.Address, to.Source);

    private void End(MailState state, string answer)
    {
        LastAnswer = answer;
        (State, Owner, Secret) = (state, null, null);
    }

    private void Require(params MailState[] states)
    {
        if (!states.Contains(State))
            throw new InvalidOperationException($"Mail {Id} is {State}; this step needs {string.Join(" or ", states)}.");
    }
}

/// <summary>How far a mail has come.</summary>
public enum MailState
{
    Queued,
    Claimed,
    Sending,

    /// <summary>The relay took it over; whether it arrives is not known here.</summary>
    Sent,

    Failed,

    /// <summary>The receiver does not know the address.</summary>
    Bounced,

    /// <summary>Set aside for an operator.</summary>
    Quarantined,

    /// <summary>A rule stopped it.</summary>
    Suppressed,
}
