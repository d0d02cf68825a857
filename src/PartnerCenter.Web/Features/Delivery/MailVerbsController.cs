using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.Delivery;

/// <summary>Tries mails again or gives them up, one or all that the list shows; then the list is shown again.</summary>
[OperatorsOnly]
public sealed class MailVerbsController(MailVerbs verbs, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpPost("/operator/mails/{id:long}/retry")]
    public Task<IActionResult> Retry(long id, DeliveryFilterForm filter, CancellationToken cancellation) => UseAsync(id, MailVerb.Retry, filter, cancellation);

    [HttpPost("/operator/mails/{id:long}/give-up")]
    public Task<IActionResult> GiveUp(long id, DeliveryFilterForm filter, CancellationToken cancellation) => UseAsync(id, MailVerb.GiveUp, filter, cancellation);

    [HttpPost("/operator/communications/{id:long}/delivery/retry")]
    public Task<IActionResult> RetryAll(long id, DeliveryFilterForm filter, CancellationToken cancellation) => UseOnAllAsync(id, MailVerb.Retry, filter, cancellation);

    [HttpPost("/operator/communications/{id:long}/delivery/give-up")]
    public Task<IActionResult> GiveUpAll(long id, DeliveryFilterForm filter, CancellationToken cancellation) => UseOnAllAsync(id, MailVerb.GiveUp, filter, cancellation);

    private async Task<IActionResult> UseAsync(long id, MailVerb verb, DeliveryFilterForm filter, CancellationToken cancellation)
    {
        filter.KeepWhatCounts();
        if (await verbs.UseAsync(id, verb, user.Person!.Name, cancellation) is not { } communication)
            return NotFound();
        TempData.Say(texts[$"Delivery.Done.{verb}"]);
        return LocalRedirect(DeliveryPage.AddressOf(communication) + filter.ToQuery());
    }

    private async Task<IActionResult> UseOnAllAsync(long id, MailVerb verb, DeliveryFilterForm filter, CancellationToken cancellation)
    {
        filter.KeepWhatCounts();
        var (done, left) = await verbs.UseOnAllAsync(id, filter.ToFilter(), verb, user.Person!.Name, cancellation);
        TempData.Say(texts[$"Delivery.DoneOnAll.{verb}", done, left]);
        return LocalRedirect(DeliveryPage.AddressOf(id) + filter.ToQuery());
    }
}
