using System.ComponentModel.DataAnnotations;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>The page of one communication.</summary>
/// <param name="Communication">The communication.</param>
/// <param name="Filter">The list that the reader comes from.</param>
/// <param name="Neighbors">What stands before and after it there.</param>
/// <param name="Audience">Whom it is addressed to.</param>
/// <param name="History">What happened to it, the oldest first.</param>
/// <param name="Colleagues">Whom it can be handed to.</param>
/// <param name="Address">Its address, to be sent on.</param>
/// <param name="Now">The time in UTC.</param>
public sealed record CommunicationPage(
    VisibleCommunication Communication,
    ActionCenterFilterForm Filter,
    Neighbors Neighbors,
    IReadOnlyList<AudienceRow> Audience,
    IReadOnlyList<HistoryRow> History,
    IReadOnlyList<Colleague> Colleagues,
    Uri Address,
    DateTime Now)
{
    public CompleteForm Complete { get; init; } = new();

    public ReturnForm Return { get; init; } = new();

    public SnoozeForm Snooze { get; init; } = new();

    public HandOverForm HandOver { get; init; } = new();

    /// <summary>The last day until which it can be put off.</summary>
    public DateOnly LatestSnooze => LastDay.Of(CommunicationVerbPolicy.LatestSnooze(Communication.Standing, Now));

    public Verdict MaySnoozeUntil(DateTime until) => CommunicationVerbPolicy.MaySnoozeUntil(Communication.Standing, until, Now);

    public Verdict May(CommunicationVerb verb) => Communication.May(verb, Now);
}

/// <summary>Whom a communication is addressed to.</summary>
/// <param name="Role">The key of the role; null for one member in person.</param>
/// <param name="IsForAll">In every organization.</param>
/// <param name="IsEscalation">Since nobody who was addressed first had read it.</param>
public sealed record AudienceRow(string? Role, bool IsForAll, bool IsEscalation);

/// <summary>What happened to a communication, as its reader is told.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="What">What it was.</param>
/// <param name="Note">What somebody said about it.</param>
public sealed record HistoryRow(DateTime At, string What, string? Note = null);

/// <summary>What a member says when completing an action.</summary>
public sealed class CompleteForm
{
    [StringLength(1000, ErrorMessage = "Form.TooLong")]
    public string? Note { get; set; }
}

/// <summary>What a member says when giving an action back.</summary>
public sealed class ReturnForm
{
    [StringLength(1000, ErrorMessage = "Form.TooLong")]
    public string? Answer { get; set; }
}

/// <summary>Until when a member puts an action off.</summary>
public sealed class SnoozeForm
{
    [Required(ErrorMessage = "Snooze.Missing")]
    public DateOnly? Until { get; set; }

    /// <summary>It comes back when the day begins, in UTC.</summary>
    public DateTime Moment => (Until ?? DateOnly.MinValue).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}

/// <summary>Whom a member asks to do an action.</summary>
public sealed class HandOverForm
{
    [Required(ErrorMessage = "Form.ChooseFromList")]
    public int? Colleague { get; set; }

    [StringLength(1000, ErrorMessage = "Form.TooLong")]
    public string? Message { get; set; }
}
