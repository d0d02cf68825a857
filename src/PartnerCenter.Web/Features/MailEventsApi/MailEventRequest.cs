using System.ComponentModel;
using System.Text.Json.Serialization;

namespace PartnerCenter.Web.Features.MailEventsApi;

/// <summary>What became of one mail after it was handed over. Fields that are not named here are refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MailEventRequest
{
    [Description("The Message-ID of the mail, or its envelope sender.")]
    public string? MessageId { get; init; }

    [Description("bounced (refused for good), soft-bounced (could not be taken) or complained (called spam).")]
    public string? Event { get; init; }

    [Description("When it happened.")]
    public DateTimeOffset? At { get; init; }

    [Description("The address that it happened at; without it, the one that the mail went to last.")]
    public string? Recipient { get; init; }

    [Description("What the receiver said; the first 500 characters are kept.")]
    public string? Detail { get; init; }
}
