using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.MailEventsApi;

/// <summary>Where mail systems tell what became of mails after they took them over.</summary>
[ApiController]
[MailSystemsOnly]
[IgnoreAntiforgeryToken]
[Route("/api/v1/mail-events")]
public sealed class MailEventsController(MailEvents events, IStringLocalizer<PortalTexts> texts) : ControllerBase
{
    private const int MostEvents = 1000;
    private const int LargestRequest = 1024 * 1024;

    /// <summary>Tells of bounces and complaints. The same can be told again; each event counts once.</summary>
    [HttpPost(Name = "reportMailEvents")]
    [RequestSizeLimit(LargestRequest)]
    [ProducesResponseType<IReadOnlyList<MailEventAnswer>>(StatusCodes.Status200OK, MediaTypeNames.Application.Json)]
    [ProducesResponseType<ValidationProblemDetails>(StatusCodes.Status400BadRequest, MediaTypeNames.Application.ProblemJson)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, MediaTypeNames.Application.ProblemJson)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden, MediaTypeNames.Application.ProblemJson)]
    public async Task<ActionResult<IReadOnlyList<MailEventAnswer>>> Report(List<MailEventRequest?> request, CancellationToken cancellation)
    {
        Check(request);
        if (!ModelState.IsValid)
            return ValidationProblem(ModelState);

        var answers = new List<MailEventAnswer>(request.Count);
        foreach (var told in request)
            answers.Add(MailEventAnswer.From(told!.MessageId!, await events.TakeAsync(EventFrom(told), cancellation)));
        return answers;
    }

    private static ToldMailEvent EventFrom(MailEventRequest told) => new(
        told.MessageId!,
        MailEventPolicy.Find(told.Event)!.Value,
        told.At!.Value.UtcDateTime,
        MailAddressRule.TryNormalize(told.Recipient, out var recipient) ? recipient : null,
        told.Detail);

    private void Check(List<MailEventRequest?> request)
    {
        if (request.Count is 0 or > MostEvents)
        {
            ModelState.AddModelError("body", texts["Api.MailEventsCount", MostEvents]);
            return;
        }

        foreach (var (index, told) in request.Index())
        {
            if (string.IsNullOrWhiteSpace(told?.MessageId))
                ModelState.AddModelError($"[{index}].messageId", texts["Api.MailEventMissing"]);
            if (MailEventPolicy.Find(told?.Event) is null)
                ModelState.AddModelError($"[{index}].event", texts["Api.MailEventUnknown", string.Join(", ", MailEventPolicy.Names)]);
            if (told?.Recipient is { Length: > 0 } recipient && !MailAddressRule.TryNormalize(recipient, out _))
                ModelState.AddModelError($"[{index}].recipient", texts["Api.MailEventRecipient"]);
            if (told?.At is null)
                ModelState.AddModelError($"[{index}].at", texts["Api.MailEventMissing"]);
        }
    }
}
