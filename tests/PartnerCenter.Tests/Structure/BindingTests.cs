using Microsoft.AspNetCore.Mvc.Controllers;
using PartnerCenter.Data;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Structure;

/// <summary>What a request can fill in: no entity at any depth, and nothing that only the portal decides (abuse case 17; ASVS 5.0 15.3.3).</summary>
public sealed class BindingTests(PortalApp app) : IClassFixture<PortalApp>
{
    // The organization of the address is a word of the route; who asks, what they are and when is for the portal to know.
    private static readonly string[] DecidedByThePortal =
    [
        "OrganizationId", "MembershipId", "PersonId", "RequesterId", "IsOperator", "IsAdmin", "IsDisabled", "IsGuest", "IsVerified", "Verified", "GrantedBy", "GrantedAt", "CreatedAt",
        "ChangedAt", "DecidedBy", "CompletedBy", "Publisher", "PublishedBy", "SecretHash", "IdHash", "Hash", "Version", "Status", "State", "InvitationExpiresAt", "RevokedAt",
    ];

    // A filter of a list: it chooses what is shown and changes nothing.
    private static readonly string[] Filters = ["Status", "State"];

    [Fact]
    public void No_entity_is_filled_in_from_a_request_at_any_depth()
    {
        using var db = UnconnectedDb.For(DataSetup.Sqlite);
        var entities = db.Model.GetEntityTypes().Select(type => type.ClrType).ToHashSet();

        Assert.Empty(Bound().Where(bound => entities.Contains(bound.Type)).Select(bound => $"{bound.Action}: {bound.Type.Name}"));
    }

    [Fact]
    public void No_request_fills_in_what_only_the_portal_decides()
    {
        var filled = Bound()
            .SelectMany(bound => bound.Type.GetProperties().Where(property => property.CanWrite && !property.GetMethod!.IsStatic).Select(property => (bound.Action, IsFilter: bound.IsGet || bound.Type.Name.EndsWith("FilterForm", StringComparison.Ordinal), property.Name)))
            .Where(field => DecidedByThePortal.Contains(field.Name) && !(field.IsFilter && Filters.Contains(field.Name)));

        Assert.Empty(filled.Select(field => $"{field.Action}: {field.Name}"));
    }

    private IEnumerable<(string Action, bool IsGet, Type Type)> Bound() =>
        from route in Routes.Actions(app)
        let action = route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()!
        from parameter in action.Parameters
        from type in Graph(parameter.ParameterType, [])
        select (action.DisplayName ?? "", route.Method == "GET", type);

    private static IEnumerable<Type> Graph(Type type, HashSet<Type> seen)
    {
        foreach (var part in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
        {
            foreach (var within in Graph(part, seen))
                yield return within;
        }

        if (type.Namespace?.StartsWith("PartnerCenter", StringComparison.Ordinal) != true || type.IsEnum || !seen.Add(type))
            yield break;
        yield return type;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            foreach (var within in Graph(property.PropertyType, seen))
                yield return within;
        }
    }
}
