using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Mail.Composition;

/// <summary>What the mail about a communication says, before it is put into words.</summary>
public sealed record CommunicationMail
{
    public required CommunicationKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>The language of title and body; not that of the mail where they were not published in it.</summary>
    public required string TextLanguage { get; init; }

    /// <summary>The language of everything around them.</summary>
    public required string Language { get; init; }

    /// <summary>Whether title and body are in another language than the reader's: the mail then says so.</summary>
    public bool IsInAnotherLanguage => TextLanguage != Language;

    public required string WorkspaceName { get; init; }

    public required string OrganizationName { get; init; }

    public required string PersonName { get; init; }

    public DateTime? DueAt { get; init; }

    /// <summary>For a reminder: how many days are left, below 0 when it is overdue. Null for any other mail.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Whether it goes to somebody who was not asked first, because nobody who was has read it.</summary>
    public bool IsEscalation { get; init; }

    /// <summary>The name of the role that brought it; null when it needed none.</summary>
    public string? RoleName { get; init; }

    /// <summary>Whether it was addressed to the member and not to a role, be it the one that everybody has.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The page of the communication in the portal.</summary>
    public required Uri Page { get; init; }

    /// <summary>The code that can be typed instead of following the link; null where the mail asks for no confirmation.</summary>
    public string? Code { get; init; }

    /// <summary>The page with the choices about mail.</summary>
    public required Uri Preferences { get; init; }

    /// <summary>Where mail like this can be turned off without signing in; null for mail that is required.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>Where the sender can be reached by post, in one line; null where the mail need not say it.</summary>
    public string? PostalAddress { get; init; }
}

/// <summary>A mail in words.</summary>
public sealed record ComposedMail(string Subject, string Text, string Html);
