using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Features.Operator;

/// <param name="Form">What was typed.</param>
/// <param name="Planned">What would be published.</param>
/// <param name="Counts">How many would get mail, and why others would not.</param>
/// <param name="Mailed">The first of those who would.</param>
/// <param name="NotMailed">The first of those who would not.</param>
public sealed record SimulatePage(
    PublishForm Form, Communication Planned, ForecastCounts Counts, IReadOnlyList<ForecastMail> Mailed, IReadOnlyList<ForecastMail> NotMailed);
