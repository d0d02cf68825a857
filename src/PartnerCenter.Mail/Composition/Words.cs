using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Mail.Composition;

/// <summary>Looks words up in a given language, and finds those of workspaces that the operator added.</summary>
public static class Words
{
    public static string In(this IStringLocalizer words, string language, string key)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        try
        {
            return words[key];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    public static string NameIn(this Workspace workspace, string language, IStringLocalizer<Vocabulary> words) =>
        Own(workspace.Names, language) ?? words.In(language, $"Workspace.{workspace.Key}");

    public static string DescriptionIn(this Workspace workspace, string language, IStringLocalizer<Vocabulary> words) =>
        Own(workspace.Descriptions, language) ?? words.In(language, $"Workspace.{workspace.Key}.Description");

    private static string? Own(IReadOnlyDictionary<string, string> texts, string language) =>
        texts.GetValueOrDefault(language) ?? texts.Values.FirstOrDefault();
}
