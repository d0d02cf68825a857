using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Announcements;

/// <summary>Reads the announcements that reach a member.</summary>
public sealed class AnnouncementsQuery(
    PartnerCenterDb db, Visibility visibility, IStringLocalizer<Vocabulary> words, IStringLocalizer<PortalTexts> texts)
{
    private const int PageSize = 25;

    public async Task<AnnouncementsPage> ReadAsync(Member member, AnnouncementsFilterForm form, CancellationToken cancellation)
    {
        // What an address says wrongly counts as not said.
        form.Workspace = member.ExistingWorkspaces.FirstOrDefault(workspace => workspace.Key == form.Workspace)?.Key;
        form.Month = form.FirstDay is { } first ? AnnouncementsFilterForm.Value(first) : null;
        var filter = new CommunicationFilter { Workspace = form.Workspace, From = form.FirstDay, To = form.FirstDay?.AddMonths(1).AddDays(-1) };

        var list = await visibility.ListAsync(
            member.Reader, new Listing(CommunicationPlace.Announcements, filter), form.After, PageSize, cancellation);
        var audiences = await db.ReadAudiencesAsync(member.Organization.Id, [.. list.Rows.Select(row => row.Id)], cancellation);
        var rows = list.Rows.Select(row => new AnnouncementRow(CommunicationRow.From(row), InWords([.. audiences[row.Id]])));
        return new AnnouncementsPage(
            form,
            [.. rows.GroupBy(row => new DateOnly(row.Communication.PublishedAt.Year, row.Communication.PublishedAt.Month, 1))],
            await visibility.AnnouncementMonthsAsync(member.Reader, cancellation),
            member.ExistingWorkspaces,
            list.HasMore ? list.Rows[^1].Id : null);
    }

    private IReadOnlyList<string> InWords(IReadOnlyList<string> roles) => roles switch
    {
        [] => [texts["Announcements.You"]],
        _ when roles.Contains(RoleCatalogue.DefaultUser.Key) => [texts["Announcements.EveryMember"]],
        _ => [.. roles.Select(role => words[$"Role.{role}"].Value)],
    };
}
