using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Feeds;

namespace PartnerCenter.Web.Features.Feeds;

/// <summary>Writes what a feed tells now, in the language of the person whose feed it is.</summary>
public sealed class FeedFilesQuery(
    FeedLinks links, Visibility visibility, PortalAddress portal, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts)
{
    private const int MostEvents = 500;
    private const int MostNotifications = 50;

    /// <returns>Null for whatever is no link.</returns>
    public async Task<byte[]?> CalendarAsync(string? secret, CancellationToken cancellation)
    {
        if (await links.OpenAsync(FeedKind.Calendar, secret, cancellation) is not { } directory)
            return null;

        var open = await visibility.OpenActionsAsync(directory.Reader, new(), MostEvents, cancellation);
        // Who does not want to see an action for some days has not got more time for it.
        var snoozed = await visibility.ListAsync(
            directory.Reader, new Listing(CommunicationPlace.Snoozed, new()), after: null, MostEvents, cancellation);
        Speak(directory.Person.Language);
        return Encoding.UTF8.GetBytes(CalendarFile.Write(
            texts["Feeds.CalendarName", directory.Organization.Name],
            from action in open.Rows.Concat(snoozed.Rows)
            where action.DueAt is not null
            select EntryFrom(directory, CommunicationRow.From(action), action.DueAt!.Value)));
    }

    /// <returns>Null for whatever is no link.</returns>
    public async Task<byte[]?> NotificationsAsync(string? secret, CancellationToken cancellation)
    {
        if (await links.OpenAsync(FeedKind.Notifications, secret, cancellation) is not { } directory)
            return null;

        var list = await visibility.NotificationsAsync(directory.Reader, new(), MostNotifications, cancellation);
        Speak(directory.Person.Language);
        var organization = directory.Organization;
        var channel = new AtomChannel(
            Tag($"notifications/{organization.Key}/{directory.Reader.MembershipId}"),
            texts["Feeds.NotificationsName", organization.Name],
            texts["Portal.Name"],
            directory.Person.Language,
            portal.At($"{here.InOrganization(organization.Key, "action-center")}?view=notifications"),
            organization.CreatedAt);
        return AtomFile.Write(channel, [.. list.Rows.Select(CommunicationRow.From).Select(row => new AtomEntry(
            Tag($"communication/{organization.Key}/{row.Id}"),
            row.PublishedAt,
            row.Title,
            row.Line,
            row.Language,
            [here.WorkspaceName(row.Workspace), words.KindOf(row.Kind)],
            portal.Communication(organization.Key, row.Id)))]);
    }

    // It holds for the rest of this question: whoever asks is a program without a language.
    private static void Speak(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);

    private CalendarEntry EntryFrom(ReaderDirectory directory, CommunicationRow row, DateTime dueAt)
    {
        var address = portal.Communication(directory.Organization.Key, row.Id);
        var workspace = here.WorkspaceName(row.Workspace);
        string[] lines =
        [
            row.Line,
            "",
            $"{words.KindOf(row.Kind)} – {workspace} – {directory.Organization.Name}",
            texts["Feeds.Due", words.DayAndTime(dueAt)],
            address.AbsoluteUri,
        ];
        return new CalendarEntry(
            $"{row.Id}.{directory.Organization.Key}@{portal.PublicUrl.Host}",
            row.PublishedAt,
            dueAt,
            row.Title,
            string.Join('\n', lines),
            workspace,
            address);
    }

    private string Tag(string name) => $"tag:{portal.PublicUrl.Host},2026:{name}";
}
