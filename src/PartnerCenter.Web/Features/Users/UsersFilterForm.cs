using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Users;

/// <summary>What the list of users can be sorted by.</summary>
public enum UserSort
{
    Name,
    Address,
    Status,
    Joined,
}

/// <summary>What the address asks for: it is the state of the list, so that it can be kept and sent on.</summary>
public sealed class UsersFilterForm
{
    /// <summary>Any type of administrator.</summary>
    public const string AnyAdmin = "any";

    public const int LongestText = 200;

    private const int MostPages = 100_000;

    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    /// <summary>The roles to filter by: those that somebody can be granted.</summary>
    public static IReadOnlyList<Role> Roles { get; } = [.. RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone)];

    /// <summary>The key of a role of <see cref="GrantTable.Administrators"/>, or <see cref="AnyAdmin"/>.</summary>
    public string? Admin { get; set; }

    public string? Role { get; set; }

    public string? Workspace { get; set; }

    public MembershipStatus? Status { get; set; }

    public bool? Guest { get; set; }

    public ContactState? Contact { get; set; }

    /// <summary>A part of the name or the address.</summary>
    public string? Text { get; set; }

    public UserSort Sort { get; set; }

    public bool Descending { get; set; }

    public int Size { get; set; } = Sizes[0];

    public int Page { get; set; } = 1;

    public bool IsFiltered => Chosen.Any();

    /// <summary>The filters that are set, by the name of their field, in the order of the form.</summary>
    public IEnumerable<KeyValuePair<string, string>> Chosen =>
        from filter in new (string Field, string? Value)[]
        {
            ("admin", Admin),
            ("role", Role),
            ("workspace", Workspace),
            ("status", Status is { } status ? Lower(status) : null),
            ("guest", Guest is { } guest ? Lower(guest) : null),
            ("contact", Contact is { } contact ? Lower(contact) : null),
            ("text", Text),
        }
        where filter.Value is not null
        select KeyValuePair.Create(filter.Field, filter.Value);

    /// <summary>Forgets what there is not to choose, and what this member may not ask.</summary>
    public void KeepWhatCounts(Member reader)
    {
        Admin = Admin == AnyAdmin || GrantTable.Administrators.Any(role => role.Key == Admin) ? Admin : null;
        Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim()[..Math.Min(Text.Trim().Length, LongestText)];
        Sort = Enum.IsDefined(Sort) ? Sort : UserSort.Name;
        Size = Sizes.Contains(Size) ? Size : Sizes[0];
        Page = Math.Clamp(Page, 1, MostPages);
        var seesEveryone = reader.May(Permission.ViewMemberRoles);
        Role = seesEveryone && Roles.Any(role => role.Key == Role) ? Role : null;
        Workspace = seesEveryone && reader.ExistingWorkspaces.Any(workspace => workspace.Key == Workspace) ? Workspace : null;
        Status = seesEveryone && Status is { } status && Enum.IsDefined(status) ? status : null;
        Guest = seesEveryone ? Guest : null;
        Contact = seesEveryone && Contact is { } contact && Enum.IsDefined(contact) ? contact : null;
    }

    /// <summary>The query of this list with another order, from its first page.</summary>
    public string SortedBy(UserSort sort) => ToQuery(Chosen, sort, descending: sort == Sort && !Descending, Size, page: 1);

    /// <summary>The query of this list without one of its filters.</summary>
    public string Without(string field) => ToQuery(Chosen.Where(filter => filter.Key != field), Sort, Descending, Size, page: 1);

    public string WithSize(int size) => ToQuery(Chosen, Sort, Descending, size, page: 1);

    public string AtPage(int page) => ToQuery(Chosen, Sort, Descending, Size, page);

    /// <summary>A choice as it stands in an address.</summary>
    public static string Lower(object choice) => $"{choice}".ToLowerInvariant();

    private static string ToQuery(IEnumerable<KeyValuePair<string, string>> filters, UserSort sort, bool descending, int size, int page)
    {
        var parts = filters.Select(filter => $"{filter.Key}={Uri.EscapeDataString(filter.Value)}").ToList();
        if (sort != UserSort.Name || descending)
            parts.Add($"sort={Lower(sort)}");
        if (descending)
            parts.Add("descending=true");
        if (size != Sizes[0])
            parts.Add($"size={size}");
        if (page > 1)
            parts.Add($"page={page}");
        return "?" + string.Join('&', parts);
    }
}
