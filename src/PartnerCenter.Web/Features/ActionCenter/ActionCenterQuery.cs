using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>Reads the Action Center.</summary>
public sealed class ActionCenterQuery(Visibility visibility)
{
    private const int PageSize = 25;

    public async Task<ActionCenterPage> ListAsync(Member member, ActionCenterFilterForm form, CancellationToken cancellation)
    {
        form.Page = Math.Clamp(form.Page, 1, 1000);
        var filter = new CommunicationFilter
        {
            Workspace = member.ExistingWorkspaces.FirstOrDefault(workspace => workspace.Key == form.Workspace)?.Key,
            Kind = CommunicationPolicy.Find(form.Kind),
        };
        var list = await (form.View switch
        {
            ActionCenterView.Notifications => visibility.NotificationsAsync(member.Reader, filter, form.Page, PageSize, cancellation),
            ActionCenterView.Completed => visibility.CompletedAsync(member.Reader, filter, form.Page, PageSize, cancellation),
            ActionCenterView.Archived => visibility.ArchivedAsync(member.Reader, filter, form.Page, PageSize, cancellation),
            _ => visibility.OpenActionsAsync(member.Reader, filter, form.Page, PageSize, cancellation),
        });
        form.Workspace = filter.Workspace;
        form.Kind = filter.Kind is { } kind ? CommunicationPolicy.KeyOf(kind) : null;
        return new ActionCenterPage(
            form,
            await visibility.CountAsync(member.Reader, cancellation),
            [.. list.Rows.Select(CommunicationRow.From)],
            list.HasMore,
            member.ExistingWorkspaces);
    }

    public async Task<CommunicationPage?> FindAsync(Member member, long id, CancellationToken cancellation) =>
        await visibility.FindAsync(member.Reader, id, cancellation) is { } communication ? new CommunicationPage(communication, new()) : null;
}
