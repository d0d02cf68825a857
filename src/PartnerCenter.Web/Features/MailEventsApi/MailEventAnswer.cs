using PartnerCenter.Data.Communications;

namespace PartnerCenter.Web.Features.MailEventsApi;

/// <summary>What became of one event of the list.</summary>
/// <param name="MessageId">The mail that it told of.</param>
/// <param name="Result">recorded; repeated, when the same was told before; or unknown, when the portal has sent no such mail.</param>
public sealed record MailEventAnswer(string MessageId, string Result)
{
    public static MailEventAnswer From(string messageId, MailEventOutcome outcome) => new(messageId, $"{outcome}".ToLowerInvariant());
}
