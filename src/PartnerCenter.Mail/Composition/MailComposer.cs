using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Mail.Composition;

/// <summary>Puts a mail into words: subject, text and HTML, in the language of its reader whoever asked for it.</summary>
public sealed class MailComposer(
    IServiceProvider services, ILoggerFactory logging, IStringLocalizer<MailTexts> texts, IStringLocalizer<Vocabulary> words)
{
    public async Task<ComposedMail> ComposeAsync(CommunicationMail mail)
    {
        // An async method gives the culture back to its caller unchanged.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(mail.Language);

        var facts = Facts(mail).ToList();
        var (lead, why, turnOff) = (Lead(mail), Why(mail), TurnOff(mail.Kind, mail.WorkspaceName, mail.OrganizationName));
        var html = await RenderAsync<CommunicationMailTemplate>(new()
        {
            [nameof(CommunicationMailTemplate.Mail)] = mail,
            [nameof(CommunicationMailTemplate.Facts)] = facts,
            [nameof(CommunicationMailTemplate.Lead)] = lead,
            [nameof(CommunicationMailTemplate.Why)] = why,
            [nameof(CommunicationMailTemplate.TurnOff)] = turnOff,
        });
        return new ComposedMail(Subject(mail), Text(mail, lead, facts, why, turnOff), html);
    }

    /// <summary>The same for a mail about several communications.</summary>
    public async Task<ComposedMail> ComposeAsync(DigestMail mail)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(mail.Language);

        string title = texts["SubjectOfDigest", mail.Items.Count, mail.OrganizationName];
        string lead = texts["LeadOfDigest"];
        var turnOff = TurnOff(mail.Kind, workspace: "", mail.OrganizationName);
        var html = await RenderAsync<DigestMailTemplate>(new()
        {
            [nameof(DigestMailTemplate.Mail)] = mail,
            [nameof(DigestMailTemplate.Title)] = title,
            [nameof(DigestMailTemplate.Lead)] = lead,
            [nameof(DigestMailTemplate.TurnOff)] = turnOff,
        });
        return new ComposedMail(title, Text(mail, title, lead, turnOff), html);
    }

    private static string Day(DateTime time) => time.ToString("D", CultureInfo.CurrentCulture);

    private static string ShortDay(DateTime time) => time.ToString("d MMM", CultureInfo.CurrentCulture);

    private string Subject(CommunicationMail mail) => mail switch
    {
        { DaysLeft: { } days } => texts["SubjectOfReminder", mail.WorkspaceName, mail.Title, Standing(days)],
        { IsEscalation: true, DueAt: { } due } => texts["SubjectOfEscalation", mail.WorkspaceName, mail.Title, ShortDay(due)],
        { DueAt: { } due } when CommunicationPolicy.NeedsDueDate(mail.Kind) => texts["SubjectWithDueDate", mail.WorkspaceName, mail.Title, ShortDay(due)],
        _ => texts["Subject", mail.WorkspaceName, mail.Title],
    };

    private string Lead(CommunicationMail mail) => mail switch
    {
        { DaysLeft: { } days } => texts["LeadOfReminder", mail.OrganizationName, Standing(days)],
        { IsEscalation: true } => texts["LeadOfEscalation", mail.OrganizationName],
        _ => texts[$"Lead.{CommunicationPolicy.KeyOf(mail.Kind)}", mail.OrganizationName],
    };

    private string Why(CommunicationMail mail) => mail switch
    {
        { IsEscalation: true, RoleName: { } role } => texts["WhyEscalated", role, mail.OrganizationName],
        { RoleName: { } role } => texts["WhyRole", role, mail.OrganizationName],
        { IsPersonal: true } => texts["WhyMember", mail.OrganizationName],
        _ => texts["WhyEverybody", mail.OrganizationName],
    };

    // What the link does, so that nobody turns off more than they mean to.
    private string TurnOff(CommunicationKind kind, string workspace, string organization) => CommunicationPolicy.IsUnsubscribedAsAWhole(kind)
        ? texts["TurnOffAll", organization]
        : texts["TurnOffWorkspace", workspace, organization];

    private string Standing(int daysLeft) => daysLeft switch
    {
        0 => texts["Standing.Today"],
        1 => texts["Standing.OneDayLeft"],
        -1 => texts["Standing.OverdueByOneDay"],
        < 0 => texts["Standing.OverdueBy", -daysLeft],
        _ => texts["Standing.DaysLeft", daysLeft],
    };

    private IEnumerable<(string Label, string Value)> Facts(CommunicationMail mail)
    {
        yield return (texts["Organization"], mail.OrganizationName);
        yield return (texts["Workspace"], mail.WorkspaceName);
        yield return (texts["Kind"], words[$"Kind.{CommunicationPolicy.KeyOf(mail.Kind)}"]);
        if (mail.DueAt is { } due)
            yield return (texts["Due"], mail.DaysLeft is { } days ? $"{Day(due)} ({Standing(days)})" : Day(due));
    }

    private string Text(CommunicationMail mail, string lead, IEnumerable<(string Label, string Value)> facts, string why, string turnOff)
    {
        var kind = CommunicationPolicy.KeyOf(mail.Kind);
        var text = new StringBuilder()
            .AppendLine(texts["Greeting", mail.PersonName])
            .AppendLine()
            .AppendLine(lead)
            .AppendLine();
        if (mail.IsInAnotherLanguage)
            text.AppendLine(texts[$"OnlyIn.{mail.TextLanguage}"]).AppendLine();
        text
            .AppendLine(mail.Title)
            .AppendLine();
        foreach (var (label, value) in facts)
            text.Append(label).Append(": ").AppendLine(value);
        text.AppendLine().AppendLine(SafeMarkdown.ToText(mail.Body)).AppendLine();
        if (mail.Code is { } code)
            text.Append(texts["Code"]).Append(' ').AppendLine(code).AppendLine();
        text
            .Append(mail.Code is null ? texts[$"Open.{kind}"] : texts["Confirm"]).Append(": ").AppendLine(mail.Page.AbsoluteUri)
            .AppendLine()
            .AppendLine("-- ")
            .AppendLine(why);
        if (mail.Unsubscribe is { } unsubscribe)
            WriteChoice(text, mail.Preferences, unsubscribe, turnOff);
        else
            text.AppendLine(texts[$"Required.{kind}"]);
        WritePostalAddress(text, mail.PostalAddress);
        return text.ToString();
    }

    private string Text(DigestMail mail, string title, string lead, string turnOff)
    {
        var text = new StringBuilder().AppendLine(texts["Greeting", mail.PersonName]).AppendLine().AppendLine(lead).AppendLine().AppendLine(title).AppendLine();
        foreach (var item in mail.Items)
        {
            text.Append("* ").AppendLine(item.Title)
                .Append("  ").AppendLine(item.Beginning);
            if (item.TextLanguage != mail.Language)
                text.Append("  ").AppendLine(texts[$"OnlyIn.{item.TextLanguage}"]);
            text
                .Append("  ").Append(item.WorkspaceName).Append(": ").AppendLine(item.Page.AbsoluteUri)
                .AppendLine();
        }

        text.Append(texts["OpenDigest"]).Append(": ").AppendLine(mail.Page.AbsoluteUri).AppendLine().AppendLine("-- ");
        WriteChoice(text, mail.Preferences, mail.Unsubscribe, turnOff);
        WritePostalAddress(text, mail.PostalAddress);
        return text.ToString();
    }

    private void WriteChoice(StringBuilder text, Uri preferences, Uri unsubscribe, string turnOff) =>
        text.AppendLine(texts["Optional", preferences.AbsoluteUri]).Append(turnOff).Append(": ").AppendLine(unsubscribe.AbsoluteUri);

    private static void WritePostalAddress(StringBuilder text, string? postalAddress)
    {
        if (postalAddress is not null)
            text.AppendLine().AppendLine(postalAddress);
    }

    private async Task<string> RenderAsync<TTemplate>(Dictionary<string, object?> parameters)
        where TTemplate : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logging);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TTemplate>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return $"<!DOCTYPE html>{html}";
    }
}
