using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Domain.Communications;

/// <summary>Anything that the portal tells people: an action or a notification, addressed to roles or to one membership.</summary>
public sealed class Communication
{
    private Communication()
    {
    }

    internal Communication(
        string workspace,
        CommunicationKind kind,
        DateTime? dueAt,
        CompletionScope completion,
        string? link,
        bool requiredByAgreement,
        string publishedBy,
        DateTime now)
    {
        Workspace = workspace;
        Kind = kind;
        DueAt = dueAt;
        Completion = completion;
        Link = link;
        RequiredByAgreement = requiredByAgreement;
        PublishedBy = publishedBy;
        PublishedAt = now;
    }

    public long Id { get; private set; }

    /// <summary>The key of the workspace that it belongs to.</summary>
    public string Workspace { get; private set; } = "";

    public CommunicationKind Kind { get; private set; }

    public DateTime PublishedAt { get; private set; }

    /// <summary>Who published it: the name of an API key or of an operator.</summary>
    public string PublishedBy { get; private set; } = "";

    public DateTime? DueAt { get; private set; }

    /// <summary>When it is of no interest any more, in UTC; null means that it stays.</summary>
    public DateTime? ExpiresAt { get; internal init; }

    public CompletionScope Completion { get; private set; }

    /// <summary>Where the work is done: an https address, or a path of the portal.</summary>
    public string? Link { get; private set; }

    public bool RequiredByAgreement { get; private set; }

    /// <summary>For what the portal itself tells: what it is about, so that it can be found again and taken back.</summary>
    public string? Topic { get; internal init; }

    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>The fan-out has asked the mail policy for every member up to and including this membership.</summary>
    public int FanOutCursor { get; private set; }

    public DateTime? FannedOutAt { get; private set; }

    public int Version { get; private set; }

    public List<CommunicationContent> Contents { get; private set; } = [];

    public List<CommunicationTarget> Targets { get; private set; } = [];

    /// <summary>The text for somebody who reads this language; where it was not published in it, that of the default language.</summary>
    public CommunicationContent ContentIn(string language) =>
        Contents.Find(content => content.Language == language) ?? Contents.Single(content => content.Language == Languages.Default);

    public void AdvanceFanOut(int lastMembershipId) => FanOutCursor = lastMembershipId;

    public void CompleteFanOut(DateTime now) => FannedOutAt = now;

    /// <summary>Takes it back: it is shown to nobody any more, and mail that still waits is not sent.</summary>
    public void Withdraw(DateTime now)
    {
        WithdrawnAt = now;
        foreach (var target in Targets)
            target.End();
    }

    /// <summary>It is of no interest any more: lists and counts leave it out, and mail that still waits is not sent.</summary>
    public void Expire()
    {
        foreach (var target in Targets)
            target.End();
    }

    /// <summary>
    /// Shows it to the holders of another role as well, because nobody who was addressed has read it. Whom it is addressed to already sees it.
    /// </summary>
    public void EscalateTo(string role, int organizationId)
    {
        var addressee = Addressee.Role(role, organizationId);
        if (Targets.All(target => target.Addressee != addressee.Key))
            Targets.Add(new CommunicationTarget(this, addressee, organizationId, role, membershipId: null) { IsEscalation = true });
    }

    internal void AddContent(string language, string title, string body) => Contents.Add(new CommunicationContent(language, title, body));

    internal void AddressRole(string role, int? organizationId) =>
        Targets.Add(new CommunicationTarget(this, Addressee.Role(role, organizationId), organizationId, role, membershipId: null));

    internal void AddressMember(int membershipId, int organizationId) =>
        Targets.Add(new CommunicationTarget(this, Addressee.Member(membershipId), organizationId, role: null, membershipId));
}

/// <summary>The text of a communication in one language.</summary>
public sealed class CommunicationContent
{
    private CommunicationContent()
    {
    }

    internal CommunicationContent(string language, string title, string body)
    {
        Language = language;
        Title = title;
        Body = body;
    }

    public long CommunicationId { get; private set; }

    public string Language { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>Markdown, as it was published; it is made safe whenever it is shown.</summary>
    public string Body { get; private set; } = "";
}

/// <summary>For whom an action is done once somebody completes it.</summary>
public enum CompletionScope
{
    /// <summary>One member does it for all.</summary>
    Organization,

    /// <summary>Everybody does it for themselves.</summary>
    Person,
}
