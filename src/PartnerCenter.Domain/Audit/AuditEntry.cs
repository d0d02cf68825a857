using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PartnerCenter.Domain.Audit;

/// <summary>
/// One line of an organization's activity log: who did what to whom, when and from where. It is written once and never changed; each
/// carries a hash over itself and the one before, so that a line that somebody altered or took out can be named.
/// </summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    internal AuditEntry(int organizationId, int number, string? previousHash, AuditFact fact, DateTime now)
    {
        OrganizationId = organizationId;
        Number = number;
        At = now;
        Action = fact.Action;
        Actor = fact.Actor.Name;
        ActorMembershipId = fact.Actor.MembershipId;
        From = fact.Actor.From;
        Subject = fact.Subject;
        SubjectMembershipId = fact.SubjectMembershipId;
        Topic = fact.Topic;
        Before = fact.Before;
        After = fact.After;
        Note = fact.Note;
        Hash = HashAfter(previousHash);
    }

    public int OrganizationId { get; private set; }

    /// <summary>Its place in the log of the organization, from 1 without a gap.</summary>
    public int Number { get; private set; }

    public DateTime At { get; private set; }

    public AuditAction Action { get; private set; }

    /// <summary>The name of who did it, as it was then.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>Null when the portal itself or a host command did it.</summary>
    public int? ActorMembershipId { get; private set; }

    /// <summary>The network address that it came from, if it came over the network.</summary>
    public string? From { get; private set; }

    /// <summary>The name of whom it was done to, as it was then.</summary>
    public string? Subject { get; private set; }

    public int? SubjectMembershipId { get; private set; }

    /// <summary>What it is about: the key of a role, program or workspace, or the name of a location.</summary>
    public string? Topic { get; private set; }

    public string? Before { get; private set; }

    public string? After { get; private set; }

    /// <summary>What the actor said about it.</summary>
    public string? Note { get; private set; }

    /// <summary>Whether somebody was taken out of it, at their wish or because their time was over. <see cref="Hash"/> stays that of what was written first.</summary>
    public bool IsErased { get; private set; }

    /// <summary>SHA-256 in hex over this line and the hash of the one before it.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>What <see cref="Hash"/> must be if neither this line nor any before it was altered.</summary>
    /// <param name="previousHash">The hash of the line before; null for the first.</param>
    public string HashAfter(string? previousHash)
    {
        // Lengths keep the fields apart: "ab" + "c" must not read as "a" + "bc".
        var text = new StringBuilder();
        string?[] fields =
        [
            previousHash, Invariant(OrganizationId), Invariant(Number), At.ToString("O", CultureInfo.InvariantCulture), $"{Action}", Actor,
            Invariant(ActorMembershipId), From, Subject, Invariant(SubjectMembershipId), Topic, Before, After, Note,
        ];
        foreach (var field in fields)
            text.Append(field is null ? "-" : Invariant(field.Length)).Append(':').Append(field).Append('\n');
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// Takes a person out of this line. What it says from now on is proved by the next line about an erasure, which carries a hash over
    /// all lines that people were taken out of.
    /// </summary>
    /// <param name="clean">Makes a text fit to be kept.</param>
    /// <param name="isActor">Whether the person did it: where from is theirs alone.</param>
    /// <param name="isSubject">Whether it was done to the person: old and new value are theirs alone if they are addresses.</param>
    /// <param name="name">What the person is called from now on.</param>
    public void Erase(Func<string, string> clean, bool isActor, bool isSubject, string name)
    {
        (Actor, From) = isActor ? (name, null) : (clean(Actor), From);
        Subject = isSubject ? name : Subject is null ? null : clean(Subject);
        (Topic, Note) = (Topic is null ? null : clean(Topic), Note is null ? null : clean(Note));
        (Before, After) = isSubject && IsAboutAddress ? (null, null) : (Before is null ? null : clean(Before), After is null ? null : clean(After));
        IsErased = true;
    }

    private bool IsAboutAddress =>
        Action is AuditAction.ContactEntered or AuditAction.ContactMailResent or AuditAction.ContactCancelled or AuditAction.ContactConfirmed or AuditAction.ContactSignInChosen;

    private static string? Invariant(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is written down about a change.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Actor">Who did it.</param>
public sealed record AuditFact(AuditAction Action, Actor Actor)
{
    public string? Subject { get; init; }

    public int? SubjectMembershipId { get; init; }

    public string? Topic { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Note { get; init; }
}

/// <summary>Who changes something.</summary>
/// <param name="Name">The name as it will be shown.</param>
/// <param name="MembershipId">The member who does it; null for the portal itself and host commands.</param>
/// <param name="From">The network address that it comes from, if any.</param>
public sealed record Actor(string Name, int? MembershipId = null, string? From = null)
{
    /// <summary>The portal itself: something ends because its time has come.</summary>
    public static readonly Actor Portal = new("PartnerCenter");

    /// <summary>Somebody with access to the machine, by a host command.</summary>
    public static readonly Actor Host = new("Host command");

    /// <summary>Whether they have signed in just now (<see cref="Access.FreshSignInTable"/>). Who has no session has none to renew.</summary>
    public bool HasFreshSignIn { get; init; } = true;
}
