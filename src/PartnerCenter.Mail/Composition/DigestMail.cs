using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Mail.Composition;

/// <summary>What one mail about several communications says, before it is put into words. All of them are of one kind, which can be turned off.</summary>
public sealed record DigestMail
{
    public required CommunicationKind Kind { get; init; }

    public required IReadOnlyList<DigestItem> Items { get; init; }

    public required string Language { get; init; }

    public required string OrganizationName { get; init; }

    public required string PersonName { get; init; }

    /// <summary>Where all of them are listed in the portal.</summary>
    public required Uri Page { get; init; }

    /// <summary>The page with the choices about mail.</summary>
    public required Uri Preferences { get; init; }

    /// <summary>Where mail like this can be turned off without signing in.</summary>
    public required Uri Unsubscribe { get; init; }

    /// <summary>Where the sender can be reached by post, in one line; null where the mail need not say it.</summary>
    public string? PostalAddress { get; init; }
}

/// <summary>One of the communications in a digest.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Beginning">The beginning of its text in one line.</param>
/// <param name="TextLanguage">The language of both.</param>
/// <param name="WorkspaceName">The workspace that it belongs to.</param>
/// <param name="Page">Its page in the portal.</param>
public sealed record DigestItem(string Title, string Beginning, string TextLanguage, string WorkspaceName, Uri Page);
