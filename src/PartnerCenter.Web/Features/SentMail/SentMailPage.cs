using PartnerCenter.Data.Communications;

namespace PartnerCenter.Web.Features.SentMail;

/// <param name="Filter">What is shown.</param>
/// <param name="Mails">The mails of this page, the latest first.</param>
/// <param name="HasMore">Whether a page follows.</param>
public sealed record SentMailPage(SentMailFilterForm Filter, IReadOnlyList<LoggedMail> Mails, bool HasMore);
