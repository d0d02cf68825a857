using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Features.Operator;

public sealed record OperatorPage(IReadOnlyList<PublishedRow> Rows);

public sealed record PublishedRow(long Id, string Title, CommunicationKind Kind, string Workspace, DateTime PublishedAt, string PublishedBy);

/// <param name="Form">What was typed.</param>
/// <param name="Organizations">The organizations to choose from.</param>
public sealed record NewCommunicationPage(PublishForm Form, IReadOnlyList<OrganizationRow> Organizations);

public sealed record OrganizationRow(string Key, string Name);

public sealed record PublishedPage(Communication Communication, CommunicationContent Content, DeliveryCounts Delivery);
