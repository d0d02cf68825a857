using System.Globalization;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using static PartnerCenter.Domain.Communications.NoticeTexts;

namespace PartnerCenter.Domain.Support;

/// <summary>What a requester is told about a support request, as a communication of the workspace Help + support.</summary>
public static class SupportNotices
{
    // The rest is read where it can be answered.
    private const int MostOfText = 500;

    /// <summary>The topic of the action that asks the partner for an answer.</summary>
    public static string TopicOf(SupportRequest request) => string.Create(CultureInfo.InvariantCulture, $"support-request/{request.Id}");

    /// <summary>The address of a request below that of the portal.</summary>
    public static string PathOf(SupportRequest request) => string.Create(
        CultureInfo.InvariantCulture, $"/o/{request.Requester.Organization.Key}/{WorkspaceCatalogue.HelpSupport}/requests/{request.Id}");

    /// <summary>Tells the requester that the request has come in.</summary>
    /// <param name="request">The request, saved.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication Received(SupportRequest request, DateTime now) =>
        ToRequester(request, CommunicationKind.TransactionalNotification, now).Telling("SupportReceived", _ => [request.Id, Escape(request.Summary)]);

    /// <summary>Tells the requester what somebody else did with the request; what needs an answer is an action.</summary>
    /// <param name="request">The request.</param>
    /// <param name="note">What was done, and what was said about it.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication Changed(SupportRequest request, SupportNote note, DateTime now) =>
        ToRequester(request, SupportRequestPolicy.ToldAs(note.Verb), now).Telling($"Support{note.Verb}", language =>
        [
            request.Id,
            Escape(request.Summary),
            Escape(note.By),
            Escape(Beginning(note.Text ?? Text("NothingSaid", language))),
            Day(now + SupportRequestPolicy.ReopenResolvedWithin, language),
        ]);

    private static Communication ToRequester(SupportRequest request, CommunicationKind kind, DateTime now)
    {
        var mustAnswer = CommunicationPolicy.MayComplete(kind).IsAllowed;
        var communication = new Communication(
            WorkspaceCatalogue.HelpSupport,
            kind,
            mustAnswer ? now + SupportRequestPolicy.AnswerWithin : null,
            mustAnswer ? CompletionScope.Organization : CompletionScope.Person,
            PathOf(request),
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = mustAnswer ? TopicOf(request) : null,
        };
        communication.AddressMember(request.MembershipId, request.OrganizationId);
        return communication;
    }

    private static string Beginning(string text) => text.Length <= MostOfText ? text : $"{text[..MostOfText].TrimEnd()}…";
}
