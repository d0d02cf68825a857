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
        var why = mail.RoleName is { } role ? texts["WhyRole", role, mail.OrganizationName] : texts["WhyMember", mail.OrganizationName];

        await using var renderer = new HtmlRenderer(services, logging);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var component = await renderer.RenderComponentAsync<CommunicationMailTemplate>(ParameterView.FromDictionary(
                new Dictionary<string, object?>
                {
                    [nameof(CommunicationMailTemplate.Mail)] = mail,
                    [nameof(CommunicationMailTemplate.Facts)] = facts,
                    [nameof(CommunicationMailTemplate.Why)] = why.Value,
                }));
            return component.ToHtmlString();
        });
        return new ComposedMail(Subject(mail), Text(mail, facts, why), $"<!DOCTYPE html>{html}");
    }

    private static string Day(DateTime time) => time.ToString("D", CultureInfo.CurrentCulture);

    private string Subject(CommunicationMail mail) => mail.DueAt is { } due && CommunicationPolicy.NeedsDueDate(mail.Kind)
        ? texts["SubjectWithDueDate", mail.WorkspaceName, mail.Title, due.ToString("d MMM", CultureInfo.CurrentCulture)]
        : texts["Subject", mail.WorkspaceName, mail.Title];

    private IEnumerable<(string Label, string Value)> Facts(CommunicationMail mail)
    {
        yield return (texts["Organization"], mail.OrganizationName);
        yield return (texts["Workspace"], mail.WorkspaceName);
        yield return (texts["Kind"], words[$"Kind.{CommunicationPolicy.KeyOf(mail.Kind)}"]);
        if (mail.DueAt is { } due)
            yield return (texts["Due"], Day(due));
    }

    private string Text(CommunicationMail mail, IEnumerable<(string Label, string Value)> facts, string why)
    {
        var kind = CommunicationPolicy.KeyOf(mail.Kind);
        var text = new StringBuilder()
            .AppendLine(texts["Greeting", mail.PersonName])
            .AppendLine()
            .AppendLine(texts[$"Lead.{kind}", mail.OrganizationName])
            .AppendLine()
            .AppendLine(mail.Title)
            .AppendLine();
        foreach (var (label, value) in facts)
            text.Append(label).Append(": ").AppendLine(value);
        text.AppendLine().AppendLine(SafeMarkdown.ToText(mail.Body)).AppendLine();
        if (mail.Code is { } code)
            text.Append(texts["Code"]).Append(' ').AppendLine(code).AppendLine();
        return text
            .Append(mail.Code is null ? texts[$"Open.{kind}"] : texts["Confirm"]).Append(": ").AppendLine(mail.Page.AbsoluteUri)
            .AppendLine()
            .AppendLine("-- ")
            .AppendLine(why)
            .AppendLine(mail.IsRequired ? texts["Required"] : texts["Optional", mail.Preferences.AbsoluteUri])
            .ToString();
    }
}
