using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.PublishingApi;

/// <summary>The keys that a communication can name.</summary>
[ApiController]
[PublishersOnly]
[Route("/api/v1/catalogue")]
public sealed class CatalogueController(
    WorkspaceCatalogue workspaces, Here here, CommunicationWords words, IStringLocalizer<Vocabulary> vocabulary) : ControllerBase
{
    /// <summary>Lists the keys of workspaces, roles, kinds, completion scopes and languages.</summary>
    [HttpGet(Name = "getCatalogue")]
    [ProducesResponseType<CatalogueAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json)]
    public CatalogueAnswer Get() => new(
        [.. workspaces.All.Select(workspace => new NamedKey(workspace.Key, here.NameOf(workspace)))],
        [.. RoleCatalogue.All.Select(role => new NamedKey(role.Key, vocabulary[$"Role.{role.Key}"]))],
        [.. CommunicationPolicy.Published.Select(kind => new NamedKey(CommunicationPolicy.KeyOf(kind), words.KindOf(kind)))],
        [.. Publishing.CompletionKeys],
        Languages.All);
}
