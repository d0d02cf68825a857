using System.Runtime.CompilerServices;
using PartnerCenter.Data;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Says who would get mail about a communication that is not published yet, in which language and to which address, and why others
/// would not. It goes the way of the fan-out, member by member and in the same batches, and writes nothing.
/// </summary>
public sealed class MailForecast(PartnerCenterDb db, MailWalk walk, TimeProvider time)
{
    /// <param name="planned">What somebody wants to publish; it need not be saved.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What would become of each addressed member's mail if it were fanned out now, in the order of their ids.</returns>
    public async IAsyncEnumerable<ForecastMail> ForAsync(Communication planned, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var mails = walk.LookAheadAsync(planned, MailOccasion.Published, db.AddressedBy(planned), time.GetUtcNow().UtcDateTime, cancellation);
        await foreach (var (mailCase, mail) in mails.WithCancellation(cancellation))
        {
            var membership = mailCase.Membership;
            yield return new ForecastMail(
                membership.Id,
                membership.HasJoined ? membership.ShownName : MailAddressRule.Mask(membership.Person.SignInAddress),
                membership.Organization.Key,
                membership.Organization.Name,
                mail.Language,
                planned.ContentIn(mail.Language).Language,
                mail.SuppressedBecause is null ? mail.Address : null,
                mail.AddressSource,
                mail.SuppressedBecause);
        }
    }
}

/// <summary>What would become of the mail to one member.</summary>
/// <param name="MembershipId">Whose mail.</param>
/// <param name="Name">The name of the member; of somebody who has not joined, the address as strangers may see it.</param>
/// <param name="OrganizationKey">In which organization.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="Language">The language of the mail.</param>
/// <param name="TextLanguage">The language of the text in it.</param>
/// <param name="Address">Where it would go; null when it would not.</param>
/// <param name="AddressSource">Which of the member's addresses that is.</param>
/// <param name="SuppressedBecause">Why it would not be sent; null when it would.</param>
public sealed record ForecastMail(
    int MembershipId,
    string Name,
    string OrganizationKey,
    string OrganizationName,
    string Language,
    string TextLanguage,
    string? Address,
    AddressSource? AddressSource,
    SuppressionReason? SuppressedBecause)
{
    public bool IsSent => SuppressedBecause is null;

    /// <summary>Whether the text is not in the language of the mail.</summary>
    public bool IsUntranslated => TextLanguage != Language;

    /// <summary>The address as somebody may see it who only has to recognise it.</summary>
    public string? MaskedAddress => Address is null ? null : MailAddressRule.Mask(Address);
}

/// <summary>Counts what would become of mails.</summary>
public sealed class ForecastCounts
{
    private readonly SortedDictionary<string, int> _languages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<AddressSource, int> _sources = [];
    private readonly SortedDictionary<SuppressionReason, int> _suppressed = [];

    /// <summary>Members who are addressed.</summary>
    public int Members { get; private set; }

    /// <summary>Members who would get a mail.</summary>
    public int Mails { get; private set; }

    /// <summary>Mails whose text is not in their own language.</summary>
    public int Untranslated { get; private set; }

    /// <summary>Mails by language.</summary>
    public IReadOnlyDictionary<string, int> Languages => _languages;

    /// <summary>Mails by which of the member's addresses they go to.</summary>
    public IReadOnlyDictionary<AddressSource, int> Sources => _sources;

    /// <summary>Members who would get none, by the rule that stops it.</summary>
    public IReadOnlyDictionary<SuppressionReason, int> Suppressed => _suppressed;

    public void Add(ForecastMail mail)
    {
        Members++;
        if (mail.SuppressedBecause is { } because)
        {
            _suppressed[because] = _suppressed.GetValueOrDefault(because) + 1;
            return;
        }

        Mails++;
        _languages[mail.Language] = _languages.GetValueOrDefault(mail.Language) + 1;
        if (mail.AddressSource is { } source)
            _sources[source] = _sources.GetValueOrDefault(source) + 1;
        if (mail.IsUntranslated)
            Untranslated++;
    }
}
