using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Shell.Help;

/// <summary>The texts of all articles in all languages, which are part of the program.</summary>
public sealed class HelpLibrary
{
    private readonly Dictionary<(string Key, string Language), HelpText> _texts = (
        from article in HelpTable.All
        from language in Languages.All
        select KeyValuePair.Create((article.Key, language), Read(article.Key, language))).ToDictionary();

    public HelpText Find(HelpArticle article, string language) => _texts[(article.Key, language)];

    private static HelpText Read(string key, string language)
    {
        var name = $"Help/{language}/{key}.md";
        using var stream = typeof(HelpLibrary).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no article {name}.");
        using var reader = new StreamReader(stream);
        return HelpText.Parse(reader.ReadToEnd());
    }
}
