using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.ActivityLog;

/// <summary>Reads the activity log and puts it into words.</summary>
public sealed class ActivityLogQuery(
    PartnerCenterDb db, WorkspaceCatalogue workspaces, Here here, IStringLocalizer<Vocabulary> words, IStringLocalizer<PortalTexts> texts)
{
    private const int PageSize = 50;

    // How changes are described in the log: where a role counts, and until when.
    private const string Everywhere = "*";
    private const string AsGuest = "guest";

    public IReadOnlyList<string> Header =>
    [
        texts["ActivityLog.Number"], texts["ActivityLog.WhenUtc"], texts["ActivityLog.Who"], texts["ActivityLog.What"], texts["ActivityLog.ToWhom"],
        texts["ActivityLog.About"], texts["ActivityLog.Old"], texts["ActivityLog.New"], texts["ActivityLog.Note"], texts["ActivityLog.From"],
    ];

    public async Task<ActivityLogPage> ReadAsync(Member member, ActivityLogFilterForm filter, CancellationToken cancellation)
    {
        Tidy(filter);
        var memberName = await NameOfMemberAsync(member, filter.Member, cancellation);
        var matching = Matching(member, filter);
        var entries = await matching
            .Where(entry => filter.Before == null || entry.Number < filter.Before)
            .OrderByDescending(entry => entry.Number)
            .Take(PageSize + 1)
            .ToListAsync(cancellation);
        var rows = entries.Take(PageSize).Select(RowFrom).ToList();
        return new ActivityLogPage(filter, memberName, await matching.CountAsync(cancellation), rows, entries.Count > PageSize ? rows[^1].Number : null);
    }

    public async IAsyncEnumerable<IReadOnlyList<string?>> ExportAsync(Member member, ActivityLogFilterForm filter)
    {
        Tidy(filter);
        await foreach (var entry in Matching(member, filter).OrderByDescending(entry => entry.Number).AsAsyncEnumerable())
        {
            var row = RowFrom(entry);
            yield return
            [
                row.Number.ToString(CultureInfo.InvariantCulture), CsvFile.Moment(row.At), row.Actor, row.Action, row.Subject,
                row.Topic, row.Before, row.After, row.Note, row.From,
            ];
        }
    }

    // What an address says wrongly counts as not said.
    private static void Tidy(ActivityLogFilterForm filter)
    {
        filter.Person = string.IsNullOrWhiteSpace(filter.Person) ? null : filter.Person.Trim();
        if (filter.What is { } action && !Enum.IsDefined(action))
            filter.What = null;
    }

    private IQueryable<AuditEntry> Matching(Member member, ActivityLogFilterForm filter)
    {
        var entries = db.AuditEntries.AsNoTracking().Where(entry => entry.OrganizationId == member.Organization.Id);
        if (filter.What is { } action)
            entries = entries.Where(entry => entry.Action == action);
        if (filter.From is { } from)
        {
            var start = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            entries = entries.Where(entry => entry.At >= start);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            entries = entries.Where(entry => entry.At < end);
        }

        if (filter.Member is { } one)
            entries = entries.Where(entry => entry.SubjectMembershipId == one || entry.ActorMembershipId == one);
        if (filter.Person is { } person)
        {
            var pattern = LikePattern.Containing(person);
            entries = entries.Where(entry =>
                EF.Functions.Like(entry.Actor, pattern, LikePattern.Escape) || EF.Functions.Like(entry.Subject!, pattern, LikePattern.Escape));
        }

        return entries;
    }

    private Task<string?> NameOfMemberAsync(Member reader, int? membershipId, CancellationToken cancellation) => db.Memberships
        .Where(membership => membership.OrganizationId == reader.Organization.Id && membership.Id == membershipId)
        .Shown()
        .Select(member => member.Name)
        .FirstOrDefaultAsync(cancellation);

    private ActivityLogRow RowFrom(AuditEntry entry) => new(
        entry.Number,
        entry.At,
        entry.ActorMembershipId is null && entry.Actor == Actor.Host.Name ? texts["ActivityLog.Host"] : entry.Actor,
        words[$"Audit.{entry.Action}"],
        entry.Subject,
        entry.Topic is { } topic ? TopicIn(entry.Action, topic) : null,
        entry.Before is { } before ? ValueIn(before) : null,
        entry.After is { } after ? ValueIn(after) : null,
        entry.Note,
        entry.From);

    private string TopicIn(AuditAction action, string topic) => AuditTopicTable.Of(action) switch
    {
        AuditTopic.Program when ProgramCatalogue.All.Contains(topic) => words[$"Program.{topic}"],
        AuditTopic.Role or AuditTopic.RoleOrWorkspace when RoleCatalogue.Find(topic) is not null => words[$"Role.{topic}"],
        AuditTopic.RoleOrWorkspace when workspaces.Find(topic) is { } workspace => here.NameOf(workspace),
        _ => topic,
    };

    private string ValueIn(string value) => value switch
    {
        Everywhere => texts["MyAccess.EntireOrganization"],
        AsGuest => texts["ActivityLog.Guest"],
        _ when value.StartsWith($"{Everywhere} ", StringComparison.Ordinal) => texts["MyAccess.EntireOrganization"] + value[Everywhere.Length..],
        _ when Enum.TryParse<ReviewDecision>(value, out var decision) && Enum.GetName(decision) == value => words[$"ReviewDecision.{decision}"],
        _ when Enum.TryParse<MembershipStatus>(value, out var status) && Enum.GetName(status) == value => words[$"MembershipStatus.{status}"],
        _ => value,
    };
}
