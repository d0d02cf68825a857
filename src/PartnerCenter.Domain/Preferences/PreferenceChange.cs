using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Domain.Preferences;

/// <summary>One change of a member's preferences. It is written by what changes them, and never altered.</summary>
public sealed class PreferenceChange
{
    /// <summary>How a choice about mail is written in <see cref="Before"/> and <see cref="After"/>.</summary>
    public const string On = "on";
    public const string Off = "off";

    private PreferenceChange()
    {
    }

    internal PreferenceChange(PreferenceTopic topic, string? before, string? after, ChangeOrigin origin) =>
        (Topic, Before, After, ChangedBy, DecidedAt) = (topic, before, after, origin.By, origin.At);

    internal PreferenceChange(CommunicationKind kind, string? workspace, bool isWanted, ChangeOrigin origin)
        : this(PreferenceTopic.Choice, isWanted ? Off : On, isWanted ? On : Off, origin) => (Kind, Workspace) = (kind, workspace);

    public long Id { get; private set; }

    public int MembershipId { get; private set; }

    public PreferenceTopic Topic { get; private set; }

    /// <summary>The kind of mail that a choice is about; null for everything else.</summary>
    public CommunicationKind? Kind { get; private set; }

    /// <summary>The key of the workspace that a choice is about; null for all of them.</summary>
    public string? Workspace { get; private set; }

    public string? Before { get; private set; }

    public string? After { get; private set; }

    public ChangedBy ChangedBy { get; private set; }

    /// <summary>When it was decided, in UTC. An import brings what was decided long before.</summary>
    public DateTime DecidedAt { get; private set; }
}

/// <summary>What a change of preferences is about.</summary>
public enum PreferenceTopic
{
    JobTitle,
    EmailLanguage,
    TimeZone,

    /// <summary>One kind of mail, from one workspace or from all of them.</summary>
    Choice,

    /// <summary>An address waits to be confirmed.</summary>
    ContactAsked,

    ContactConfirmed,

    /// <summary>The member waits for it no more.</summary>
    ContactCancelled,

    ContactBounced,

    /// <summary>Mail goes to the sign-in address.</summary>
    SignInAddress,
}

/// <summary>By which way a preference was changed.</summary>
public enum ChangedBy
{
    MyPreferences,
    FirstVisit,

    /// <summary>The link in a mail, which works without sign-in.</summary>
    MailLink,

    Import,

    /// <summary>The member's mail provider reported a mail as unwanted.</summary>
    Complaint,

    /// <summary>What a receiver answered to a mail.</summary>
    Delivery,

    /// <summary>An invitation, which begins anew.</summary>
    Invitation,
}

/// <summary>By which way something is changed, and when that was decided.</summary>
/// <param name="By">The way.</param>
/// <param name="At">When, in UTC.</param>
public readonly record struct ChangeOrigin(ChangedBy By, DateTime At);
