using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.MyActions;

/// <summary>Reads what somebody must do: a list for each of their directories, merged.</summary>
public sealed class MyActionsQuery(Directories directories, Visibility visibility, TimeProvider time)
{
    private const int MostOfDirectory = 100;

    public async Task<MyActionsPage> ReadAsync(SignInSession session, CancellationToken cancellation)
    {
        var mine = await directories.OpenToAsync(session, cancellation);
        var rows = new List<MyActionRow>();
        var withMore = new List<Organization>();
        foreach (var directory in mine)
        {
            foreach (var kind in CommunicationPolicy.Published.Where(CommunicationPolicy.IsCritical))
            {
                var list = await visibility.OpenActionsAsync(directory.Reader, new() { Kind = kind }, MostOfDirectory, cancellation);
                rows.AddRange(list.Rows.Select(action => new MyActionRow(directory.Organization, CommunicationRow.From(action))));
                if (list.HasMore)
                    withMore.Add(directory.Organization);
            }
        }

        var now = time.GetUtcNow().UtcDateTime;
        return new MyActionsPage(
            [.. rows.OrderByDescending(row => row.Action.DueAt < now).ThenBy(row => row.Action.DueAt).ThenBy(row => row.Action.Id)],
            [.. mine.Select(directory => directory.Organization)],
            withMore);
    }
}
