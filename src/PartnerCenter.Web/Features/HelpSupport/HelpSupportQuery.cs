using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Support;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.HelpSupport;

/// <summary>Reads the home of Help + support.</summary>
public sealed class HelpSupportQuery(PartnerCenterDb db, SupportListQuery list, Visibility visibility, TimeProvider time)
{
    private const int MostRequests = 5;
    private const int MostOfEach = 5;

    public async Task<HelpSupportPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var open = await visibility.FirstOfAsync(
            member.Reader,
            [
                new(CommunicationPlace.Actions, MostOfEach) { Workspace = WorkspaceCatalogue.HelpSupport },
                new(CommunicationPlace.Notifications, MostOfEach) { Workspace = WorkspaceCatalogue.HelpSupport },
            ],
            cancellation);
        var visible = db.SupportRequests.VisibleTo(member.Membership, time.GetUtcNow().UtcDateTime);
        return new HelpSupportPage(
            await list.FirstAsync(visible, SupportSide.Partner, MostRequests, cancellation),
            [.. open.SelectMany(communications => communications).Select(CommunicationRow.From)]);
    }
}
