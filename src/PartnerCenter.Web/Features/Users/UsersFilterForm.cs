using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Users;

/// <summary>Whom the list shows. It stands in the address, so that it can be kept and sent on.</summary>
public sealed class UsersFilterForm
{
    /// <summary>The key of a role that grants others: the type of administrator.</summary>
    public string? Admin { get; set; }

    public string? Role { get; set; }

    public string? Workspace { get; set; }

    public MembershipStatus? Status { get; set; }

    public bool Guest { get; set; }

    public ContactState? Contact { get; set; }

    /// <summary>A part of a name or address.</summary>
    public string? Q { get; set; }

    public int Page { get; set; } = 1;

    /// <summary>What is set, by the name of its parameter.</summary>
    public IReadOnlyDictionary<string, string> Active => new Dictionary<string, string?>
    {
        ["admin"] = Admin,
        ["role"] = Role,
        ["workspace"] = Workspace,
        ["status"] = Status?.ToString(),
        ["guest"] = Guest ? "true" : null,
        ["contact"] = Contact?.ToString(),
        ["q"] = Q,
    }.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!);

    /// <summary>The address of the list without one of its filters, or on another page.</summary>
    public string Query(string? without = null, int page = 1) => "?" + string.Join(
        '&',
        Active.Where(pair => pair.Key != without)
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")
            .Concat(page > 1 ? [$"page={page}"] : []));
}
