using PartnerCenter.Data.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>Reads the lists of the Action Center.</summary>
public sealed class ActionCenterQuery(Visibility visibility)
{
    private const int PageSize = 25;

    public async Task<ActionCenterPage> ListAsync(Member member, ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        filter.KeepWhatCounts(member);
        var list = await visibility.ListAsync(member.Reader, filter.ToListing(), filter.After, PageSize, cancellation);
        return new ActionCenterPage(
            filter,
            await visibility.CountAsync(member.Reader, cancellation),
            [.. list.Rows.Select(CommunicationRow.From)],
            list.HasMore,
            member.ExistingWorkspaces,
            [.. ActionCenterFilterForm.RolesOf(member)]);
    }
}
