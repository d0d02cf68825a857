using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.PreferenceHistory;

/// <summary>Reads the changes of a member's preferences and puts them into words.</summary>
public sealed class PreferenceHistoryQuery(
    PartnerCenterDb db, TimeZoneWords zones, Here here, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
{
    private const int PageSize = 25;
    private const string Nothing = "–";

    public async Task<PreferenceHistoryPage> ReadAsync(Member member, long? before, CancellationToken cancellation)
    {
        var changes = await db.PreferenceChanges.AsNoTracking()
            .Where(change => change.MembershipId == member.Membership.Id && (before == null || change.Id < before))
            .OrderByDescending(change => change.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancellation);
        return new PreferenceHistoryPage(
            [.. changes.Take(PageSize).Select(RowFrom)], before is null, changes.Count > PageSize ? changes[PageSize - 1].Id : null);
    }

    private PreferenceHistoryRow RowFrom(PreferenceChange change) =>
        new(change.DecidedAt, About(change), ValueIn(change.Topic, change.Before), ValueIn(change.Topic, change.After), change.ChangedBy);

    private string About(PreferenceChange change)
    {
        if (change.Kind is not { } kind)
            return words[$"PreferenceTopic.{change.Topic}"];
        var workspace = change.Workspace is { } key ? here.WorkspaceName(key) : texts["Preferences.AllWorkspaces"].Value;
        return $"{words[$"Kind.{CommunicationPolicy.KeyOf(kind)}"]} – {workspace}";
    }

    private string ValueIn(PreferenceTopic topic, string? value) => (topic, value) switch
    {
        (PreferenceTopic.TimeZone, _) => zones.NameOf(value),
        (_, null) => Nothing,
        (PreferenceTopic.EmailLanguage, _) => words[$"Language.{value}"],
        (PreferenceTopic.Choice, _) => texts[value == PreferenceChange.On ? "Preferences.On" : "Preferences.Off"],
        _ => value,
    };
}
