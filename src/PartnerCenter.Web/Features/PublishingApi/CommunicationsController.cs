using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.PublishingApi;

/// <summary>Publishing for other systems.</summary>
[ApiController]
[PublishersOnly]
[IgnoreAntiforgeryToken]
[Route("/api/v1/communications")]
public sealed class CommunicationsController(
    Publisher publisher, PublishedQuery query, SimulatedQuery simulated, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : ControllerBase
{
    private const int LongestIdempotencyKey = 200;
    private const int LargestRequest = 256 * 1024;

    private CurrentPublisher Caller => HttpContext.Features.GetRequiredFeature<CurrentPublisher>();

    /// <summary>Publishes a communication.</summary>
    [HttpPost(Name = "publishCommunication")]
    [RequestSizeLimit(LargestRequest)]
    [ProducesResponseType<PublishedAnswer>(StatusCodes.Status201Created, MediaTypeNames.Application.Json)]
    [ProducesResponseType<PublishedAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json)]
    [ProducesResponseType<ValidationProblemDetails>(StatusCodes.Status400BadRequest, MediaTypeNames.Application.ProblemJson)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, MediaTypeNames.Application.ProblemJson)]
    [ProducesResponseType<ValidationProblemDetails>(StatusCodes.Status422UnprocessableEntity, MediaTypeNames.Application.ProblemJson)]
    public async Task<ActionResult<PublishedAnswer>> Publish(
        PublishRequest request, [FromHeader(Name = PublishingApiSetup.IdempotencyHeader)] string? idempotencyKey, CancellationToken cancellation)
    {
        if (idempotencyKey is not { Length: > 0 and <= LongestIdempotencyKey })
            return Refused(PublishingApiSetup.IdempotencyHeader, texts["Api.IdempotencyKeyMissing", LongestIdempotencyKey], StatusCodes.Status400BadRequest);

        var outcome = await publisher.PublishAsync(
            request.ToDraft(), Caller.Grant, new IdempotencyKey(Caller.ApiKeyId, idempotencyKey), cancellation);
        return outcome switch
        {
            PublishOutcome.Published { IsRepetition: true } published => Ok(new PublishedAnswer(published.Id)),
            PublishOutcome.Published published => CreatedAtRoute("getCommunication", new { id = published.Id }, new PublishedAnswer(published.Id)),
            PublishOutcome.Refused refused => Refused(refused.Problems),
            _ => Refused(PublishingApiSetup.IdempotencyHeader, texts["Api.IdempotencyKeyUsed"], StatusCodes.Status422UnprocessableEntity),
        };
    }

    /// <summary>Tells who would get mail if this were published now, and why others would not. Nothing is published, written or sent.</summary>
    [HttpPost("simulate", Name = "simulateCommunication")]
    [RequestSizeLimit(LargestRequest)]
    [ProducesResponseType<SimulatedAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json)]
    [ProducesResponseType<ValidationProblemDetails>(StatusCodes.Status400BadRequest, MediaTypeNames.Application.ProblemJson)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, MediaTypeNames.Application.ProblemJson)]
    public async Task<ActionResult<SimulatedAnswer>> Simulate(PublishRequest request, CancellationToken cancellation)
    {
        var plan = await publisher.PlanAsync(request.ToDraft(), Caller.Grant, cancellation);
        return plan.Communication is { } planned ? await simulated.ReadAsync(planned, cancellation) : Refused(plan.Problems);
    }

    /// <summary>Tells how far a communication of this publisher has come.</summary>
    [HttpGet("{id:long}", Name = "getCommunication")]
    [ProducesResponseType<CommunicationAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, MediaTypeNames.Application.ProblemJson)]
    public async Task<ActionResult<CommunicationAnswer>> Get(long id, CancellationToken cancellation) =>
        await query.FindAsync(Caller.ApiKeyId, id, cancellation) is { } answer ? answer : NotFound();

    private ActionResult Refused(IEnumerable<FieldProblem> problems)
    {
        foreach (var problem in problems)
            ModelState.AddModelError(problem.Field, words.Sentence(problem.Reason));
        return ValidationProblem(ModelState);
    }

    private ActionResult Refused(string field, string sentence, int status)
    {
        ModelState.AddModelError(field, sentence);
        return ValidationProblem(statusCode: status, modelStateDictionary: ModelState);
    }
}
