using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>What the address asks for: it is the state of the page, so that it can be kept and sent on.</summary>
public sealed class ActionCenterFilterForm
{
    private const int LongestText = 100;

    /// <summary>The lists of the Action Center, in their order.</summary>
    public static readonly IReadOnlyList<CommunicationPlace> Views =
    [
        CommunicationPlace.Actions, CommunicationPlace.Notifications, CommunicationPlace.Completed, CommunicationPlace.Archived, CommunicationPlace.Snoozed,
    ];

    /// <summary>The list that the address names; null where it names none.</summary>
    public CommunicationPlace? View { get; set; }

    /// <summary>The list that is meant.</summary>
    public CommunicationPlace Place { get; private set; }

    public string? Workspace { get; set; }

    /// <summary>The key of a kind.</summary>
    public string? Kind { get; set; }

    public DueFilter? Due { get; set; }

    public bool Unread { get; set; }

    /// <summary>The first day of publication.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The last day of publication, included.</summary>
    public DateOnly? To { get; set; }

    /// <summary>The key of the role that must have brought it.</summary>
    public string? Role { get; set; }

    /// <summary>Words of the title or the text.</summary>
    public string? Q { get; set; }

    public CommunicationSort Sort { get; set; }

    public bool Desc { get; set; }

    /// <summary>The last item of the page before.</summary>
    public long? After { get; set; }

    public bool IsFiltered => Chosen.Any();

    /// <summary>Whether a filter is set that the page shows only when it is asked for more.</summary>
    public bool IsFilteredFurther => Due is not null || Unread || Role is not null || From is not null || To is not null;

    /// <summary>Whether this list can be sorted so.</summary>
    public bool CanSortBy(CommunicationSort sort) => Listing.SortsOf(Place).Contains(sort);

    /// <summary>The filters that are set, by the name of their field.</summary>
    private IEnumerable<(string Field, string Value)> Chosen => Fields().Where(field => field.Value is not null).Select(field => (field.Name, field.Value!));

    /// <summary>Forgets what makes no sense, or nothing here.</summary>
    /// <param name="member">Who reads.</param>
    /// <param name="otherwise">The list that is meant where none is named.</param>
    public void KeepWhatCounts(Member member, CommunicationPlace otherwise = CommunicationPlace.Actions)
    {
        Place = View is { } view && Views.Contains(view) ? view : otherwise;
        Workspace = member.ExistingWorkspaces.FirstOrDefault(workspace => workspace.Key == Workspace)?.Key;
        Kind = CommunicationPolicy.Find(Kind) is { } kind && Listing.KindsOf(Place).Contains(kind) ? Kind : null;
        Due = Due is { } due && Enum.IsDefined(due) && Place != CommunicationPlace.Notifications ? due : null;
        Role = RolesOf(member).FirstOrDefault(role => role == Role);
        Sort = CanSortBy(Sort) ? Sort : CommunicationSort.Urgency;
        Q = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim() is { Length: > LongestText } text ? text[..LongestText] : Q.Trim();
    }

    /// <summary>The roles by which something can have reached the member.</summary>
    public static IEnumerable<string> RolesOf(Member member) => member.Reader.Paths
        .Select(path => path.Role)
        .OfType<string>()
        .Distinct()
        .Where(role => RoleCatalogue.Find(role) is not null);

    public Listing ToListing() => new(
        Place,
        new CommunicationFilter
        {
            Workspace = Workspace,
            Kind = CommunicationPolicy.Find(Kind),
            Due = Due,
            Unread = Unread,
            From = From,
            To = To,
            Role = Role,
            Text = Q,
        },
        Sort,
        Desc);

    /// <summary>The query of this list.</summary>
    public string Query => Write(Place, Chosen, Sort, Desc);

    /// <summary>The query of another list; what a list cannot be filtered by is left out there.</summary>
    public string QueryOf(CommunicationPlace place) => place == Place ? Query : Write(place, Chosen.Where(filter => filter.Field == "workspace"));

    public string Without(string field) => Write(Place, Chosen.Where(filter => filter.Field != field), Sort, Desc);

    public string Cleared => Write(Place, []);

    public string SortedBy(CommunicationSort sort) => Write(Place, Chosen, sort, desc: sort == Sort && !Desc);

    public string PageAfter(long id) => Write(Place, Chosen, Sort, Desc, id);

    private static string Write(
        CommunicationPlace place,
        IEnumerable<(string Field, string Value)> filters,
        CommunicationSort sort = CommunicationSort.Urgency,
        bool desc = false,
        long? after = null)
    {
        var query = new QueryBuilder { { "view", Lower(place) } };
        foreach (var (field, value) in filters)
            query.Add(field, value);
        if (sort != CommunicationSort.Urgency)
            query.Add("sort", Lower(sort));
        if (desc)
            query.Add("desc", "true");
        if (after is { } id)
            query.Add("after", id.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }

    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private IEnumerable<(string Name, string? Value)> Fields() =>
    [
        ("q", Q),
        ("workspace", Workspace),
        ("kind", Kind),
        ("due", Due is { } due ? Lower(due) : null),
        ("unread", Unread ? "true" : null),
        ("role", Role),
        ("from", IsoDay.Of(From)),
        ("to", IsoDay.Of(To)),
    ];
}
