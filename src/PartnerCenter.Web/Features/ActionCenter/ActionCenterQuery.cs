using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>Reads the lists of the Action Center.</summary>
public sealed class ActionCenterQuery(
    Visibility visibility, Here here, CommunicationWords sentences, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
{
    private const int PageSize = 25;

    public async Task<ActionCenterPage> ListAsync(Member member, ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        filter.KeepWhatCounts(member);
        var list = await visibility.ListAsync(member.Reader, filter.ToListing(), filter.After, PageSize, cancellation);
        return new ActionCenterPage(
            filter,
            [.. ChipsOf(filter)],
            await visibility.CountAsync(member.Reader, cancellation),
            [.. list.Rows.Select(CommunicationRow.From)],
            list.HasMore,
            member.ExistingWorkspaces,
            [.. ActionCenterFilterForm.RolesOf(member)]);
    }

    private IEnumerable<ChipRow> ChipsOf(ActionCenterFilterForm filter)
    {
        (string Field, string? Value)[] chosen =
        [
            ("q", filter.Q),
            ("workspace", filter.Workspace is { } workspace ? here.WorkspaceName(workspace) : null),
            ("kind", CommunicationPolicy.Find(filter.Kind) is { } kind ? sentences.KindOf(kind) : null),
            ("due", filter.Due is { } due ? texts[$"Filter.Due.{due}"].Value : null),
            ("unread", filter.Unread ? texts["Filter.OnlyUnread"].Value : null),
            ("role", filter.Role is { } role ? words[$"Role.{role}"].Value : null),
            ("from", Day(filter.From)),
            ("to", Day(filter.To)),
        ];
        return chosen.Where(chip => chip.Value is not null).Select(chip => new ChipRow(texts[$"Filter.Chip.{chip.Field}"], chip.Value!, filter.Without(chip.Field)));
    }

    private string? Day(DateOnly? day) => day is { } chosen ? sentences.Day(chosen.ToDateTime(TimeOnly.MinValue)) : null;
}
