namespace PartnerCenter.Web.Features.ForeignLink;

/// <param name="Address">Where the link leads; its host is in the spelling that name servers know, so that no letter looks like another.</param>
public sealed record ForeignLinkPage(Uri Address);
