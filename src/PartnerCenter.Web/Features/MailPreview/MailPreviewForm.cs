using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Features.MailPreview;

/// <summary>Which mail to show, and how. What an address says wrongly counts as not said.</summary>
public sealed class MailPreviewForm
{
    public const string Light = "light";
    public const string Dark = "dark";
    public const string Inverted = "inverted";

    public static IReadOnlyList<string> Looks { get; } = [Light, Dark, Inverted];

    /// <summary>The key of a <see cref="MailSample"/>.</summary>
    public string? Mail { get; set; }

    /// <summary>The language of the reader.</summary>
    public string? Language { get; set; }

    public string? Look { get; set; }

    /// <summary>Whether its text exists only in the language that every communication must have.</summary>
    public bool Untranslated { get; set; }

    public MailSample Sample => MailSamples.All.FirstOrDefault(sample => sample.Key == Mail) ?? MailSamples.All[0];

    /// <summary>The language that was chosen, or that of whoever looks.</summary>
    public string LanguageOr(string own) => Languages.All.Contains(Language) ? Language! : own;

    public string ChosenLook => Looks.FirstOrDefault(look => look == Look) ?? Light;

    /// <summary>The same choice as a query, for the HTML part in that language.</summary>
    public string QueryIn(string language)
    {
        var query = new QueryBuilder { { "mail", Sample.Key }, { "language", language }, { "look", ChosenLook } };
        if (Untranslated)
            query.Add("untranslated", "true");
        return query.ToString();
    }
}
