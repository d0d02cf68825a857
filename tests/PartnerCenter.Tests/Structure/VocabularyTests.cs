using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Tests.Structure;

/// <summary>Everything that a person reads has its words, in both languages, and nothing is left untranslated by accident.</summary>
public sealed partial class VocabularyTests
{
    /// <summary>What is rightly the same in English and Dutch.</summary>
    private static readonly string[] SameInBothLanguages =
    [
        "Density.compact", "KindShort.account-mail", "Language.en", "Language.nl", "LocalSignIn.Code", "Portal.Name", "Role.manager", "Subject",
        "SupportState.Open", "Workspace.incentives",
    ];

    private static readonly string[] DomainKeys =
    [
        .. Enum.GetValues<CommunicationKind>().Select(CommunicationPolicy.KeyOf).SelectMany(key => new[] { $"Kind.{key}", $"Kind.{key}.Why", $"KindShort.{key}" }),
        .. WorkspaceCatalogue.BuiltIn.All.SelectMany(workspace => new[] { $"Workspace.{workspace.Key}", $"Workspace.{workspace.Key}.Description" }),
        .. WorkspaceCatalogue.BuiltIn.All.SelectMany(workspace => workspace.LearnMore).Select(link => link.TextKey).Distinct(),
        .. ProgramCatalogue.All.SelectMany(program => new[] { $"Program.{program}", $"Program.{program}.Description" }),
        .. RoleCatalogue.All.SelectMany(role => new[] { $"Role.{role.Key}", $"Role.{role.Key}.Description" }),
        .. Enum.GetNames<RoleFamily>().Select(family => $"RoleFamily.{family}"),
        .. Enum.GetNames<Permission>().Select(permission => $"Permission.{permission}"),
        .. Enum.GetNames<AccessLevel>().Select(level => $"AccessLevel.{level}"),
        .. Publishing.CompletionKeys.Select(key => $"Completion.{key}"),
        .. Languages.All.Select(language => $"Language.{language}"),
        .. TimeZones.All.Select(zone => $"TimeZone.{TimeZones.KeyOf(zone)}"),
        .. Enum.GetNames<PreferenceTopic>().Except([nameof(PreferenceTopic.Choice)]).Select(topic => $"PreferenceTopic.{topic}"),
        .. Enum.GetNames<ChangedBy>().Select(way => $"ChangedBy.{way}"),
        .. Enum.GetNames<TimeZoneRegion>().Select(region => $"TimeZoneRegion.{region}"),
        .. Enum.GetNames<MailState>().Select(state => $"MailState.{state}"),
        .. Enum.GetNames<SuppressionReason>().Select(because => $"Suppressed.{because}"),
        .. Enum.GetNames<MembershipStatus>().Select(status => $"MembershipStatus.{status}"),
        .. Enum.GetNames<ContactState>().Select(state => $"ContactState.{state}"),
        .. Enum.GetNames<AccessRequestState>().Select(state => $"AccessRequestState.{state}"),
        .. Enum.GetNames<ReviewDecision>().Select(decision => $"ReviewDecision.{decision}"),
        .. Enum.GetNames<StepKind>().Select(kind => $"Step.{kind}"),
        .. Enum.GetNames<AuditAction>().Select(action => $"Audit.{action}"),
    ];

    private static readonly IStringLocalizer<Vocabulary> Words =
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<Vocabulary>>();

    private static readonly string[] EnglishFiles =
        [.. Repository.SourceFiles(".resx").Where(file => !file.EndsWith(".nl.resx", StringComparison.Ordinal)).Select(Repository.NameOf).Order(StringComparer.Ordinal)];

    public static TheoryData<string> ResourceFiles => [.. EnglishFiles];

    [Fact]
    public void There_are_four_sets_of_words() =>
        Assert.Equal(["PortalNotices", "Vocabulary", "MailTexts", "PortalTexts"], EnglishFiles.Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [MemberData(nameof(ResourceFiles))]
    public void Both_languages_have_the_same_keys_and_each_once(string file)
    {
        var (english, dutch) = ReadPair(file);

        Assert.Distinct(english.Select(entry => entry.Key));
        Assert.Distinct(dutch.Select(entry => entry.Key));
        Assert.Equal(english.Select(entry => entry.Key).Order(), dutch.Select(entry => entry.Key).Order());
    }

    [Theory]
    [MemberData(nameof(ResourceFiles))]
    public void Both_languages_have_the_same_placeholders(string file)
    {
        var (english, dutch) = ReadPair(file);
        var inDutch = dutch.ToDictionary(entry => entry.Key, entry => PlaceholdersOf(entry.Value));

        Assert.All(english, entry => Assert.Equal(PlaceholdersOf(entry.Value), inDutch[entry.Key]));
    }

    [Theory]
    [MemberData(nameof(ResourceFiles))]
    public void No_text_is_empty(string file)
    {
        var (english, dutch) = ReadPair(file);

        Assert.Empty(english.Concat(dutch).Where(entry => string.IsNullOrWhiteSpace(entry.Value)).Select(entry => entry.Key));
    }

    [Fact]
    public void No_text_is_left_in_english()
    {
        var untranslated =
            from file in EnglishFiles
            let pair = ReadPair(file)
            from entry in pair.English
            where pair.Dutch.Contains(entry) && !IsNameOfPlaces(entry.Key)
            select entry.Key;

        // Equal, not contained: an entry that was translated after all leaves the list.
        Assert.Equal(SameInBothLanguages, untranslated.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_key_that_the_code_names_exists()
    {
        var missing =
            from file in Repository.SourceFiles(".cs", ".cshtml", ".razor")
            from Match use in LiteralKey().Matches(File.ReadAllText(file))
            let key = use.Groups["key"].Value
            where !KeysFor(file, use.Groups["localizer"].Value).Contains(key)
            select $"{Repository.NameOf(file)}: {key}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_key_that_the_code_puts_together_can_exist()
    {
        var missing =
            from file in Repository.SourceFiles(".cs", ".cshtml", ".razor")
            from Match use in InterpolatedKey().Matches(File.ReadAllText(file))
            let pattern = PatternOf(use.Groups["key"].Value)
            where !KeysFor(file, use.Groups["localizer"].Value).Any(key => pattern.IsMatch(key))
            select $"{Repository.NameOf(file)}: {use.Groups["key"].Value}";

        Assert.Empty(missing);
    }

    [Fact]
    public void The_search_for_keys_finds_them()
    {
        var uses = Repository.SourceFiles(".cs", ".cshtml", ".razor").Sum(file => LiteralKey().Count(File.ReadAllText(file)));

        Assert.InRange(uses, 150, int.MaxValue);
    }

    [Fact]
    public void No_text_is_left_that_nothing_names()
    {
        var source = string.Concat(Repository.SourceFiles(".cs", ".cshtml", ".razor").Select(File.ReadAllText));
        var patterns = InterpolatedText().Matches(source).Select(match => match.Groups["text"].Value).Distinct().Select(PatternOf).ToList();

        var unused =
            from file in EnglishFiles
            from entry in ReadPair(file).English
            where !source.Contains($"\"{entry.Key}\"", StringComparison.Ordinal) && !DomainKeys.Contains(entry.Key) && !patterns.Exists(pattern => pattern.IsMatch(entry.Key))
            select entry.Key;

        Assert.Empty(unused);
    }

    public static TheoryData<string> WordsOfTheDomain => [.. DomainKeys];

    [Theory]
    [MemberData(nameof(WordsOfTheDomain))]
    public void A_word_of_the_domain_is_found_in_both_languages(string key)
    {
        var (english, dutch) = ReadPair(EnglishFiles.Single(file => file.EndsWith("Vocabulary.resx", StringComparison.Ordinal)));

        var found = Languages.All.Select(language => LookUp(language, key).Value);

        Assert.Equal([english.Single(entry => entry.Key == key).Value, dutch.Single(entry => entry.Key == key).Value], found);
    }

    public static TheoryData<string> ReasonNames => [.. AllReasons().Keys];

    [Theory]
    [MemberData(nameof(ReasonNames))]
    public void A_reason_is_a_sentence_with_a_place_for_each_argument_in_both_languages(string name)
    {
        var reason = AllReasons()[name];

        Assert.All(Languages.All, language =>
        {
            var sentence = LookUp(language, reason.Key);
            Assert.False(sentence.ResourceNotFound, $"{reason.Key} in {language}");
            Assert.EndsWith(".", sentence.Value, StringComparison.Ordinal);
            Assert.Equal(Enumerable.Range(0, reason.Arguments.Length).Select(i => $"{i}"), PlaceholdersOf(sentence.Value).Distinct());
        });
    }

    [Fact]
    public void No_two_reasons_share_a_sentence() => Assert.Distinct(AllReasons().Values.Select(reason => reason.Key));

    [Fact]
    public void Every_page_has_a_title()
    {
        var pages = typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => $"Page.{field.GetRawConstantValue()}");

        Assert.Empty(pages.Except(KeysOf("PortalTexts")));
    }

    [GeneratedRegex("""\b(?<localizer>T|V|texts|words|vocabulary)\[\s*"(?<key>[^"]+)"|ErrorMessage = "(?<key>[^"]+)"|\.In\([^,()]+, "(?<key>[^"]+)"\)""", RegexOptions.NonBacktracking)]
    private static partial Regex LiteralKey();

    [GeneratedRegex("""\b(?<localizer>T|V|texts|words|vocabulary)\[\s*\$"(?<key>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex InterpolatedKey();

    [GeneratedRegex("""\$"(?<text>[A-Za-z]+\.[A-Za-z.]*\{[^"]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex InterpolatedText();

    [GeneratedRegex(@"\{(?<number>\d+)(?::[^}]*)?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{[^{}]*(?:\}|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Hole();

    // What stands in braces can be any part of a key.
    private static Regex PatternOf(string interpolated) =>
        new($"^{string.Join(@"[\w.+-]+", Hole().Split(interpolated).Select(Regex.Escape))}$", RegexOptions.NonBacktracking);

    private static IEnumerable<string> PlaceholdersOf(string text) => Placeholder().Matches(text).Select(match => match.Groups["number"].Value).Order();

    private static HashSet<string> KeysFor(string file, string localizer) => KeysOf(localizer switch
    {
        "V" or "words" or "vocabulary" => "Vocabulary",
        _ when Repository.NameOf(file).Contains("PartnerCenter.Mail", StringComparison.Ordinal) => "MailTexts",
        _ => "PortalTexts",
    });

    private static HashSet<string> KeysOf(string name) =>
        [.. Read(Repository.SourceFiles($"{Path.DirectorySeparatorChar}{name}.resx").Single()).Select(entry => entry.Key)];

    private static (List<KeyValuePair<string, string>> English, List<KeyValuePair<string, string>> Dutch) ReadPair(string file)
    {
        var english = Repository.PathOf(file);
        return (Read(english), Read(Path.ChangeExtension(english, ".nl.resx")));
    }

    private static List<KeyValuePair<string, string>> Read(string file) =>
        [.. XDocument.Load(file).Root!.Elements("data").Select(data => KeyValuePair.Create(data.Attribute("name")!.Value, data.Element("value")!.Value))];

    private static LocalizedString LookUp(string language, string key)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        try
        {
            return Words[key];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // Most cities are called the same everywhere.
    private static bool IsNameOfPlaces(string key) => key.StartsWith("TimeZone.", StringComparison.Ordinal);

    private static Dictionary<string, Reason> AllReasons()
    {
        var members = typeof(Reasons).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        return members.ToDictionary(member => member.Name, member => member switch
        {
            FieldInfo field => (Reason)field.GetValue(null)!,
            MethodInfo method => (Reason)method.Invoke(null, [.. method.GetParameters().Select(Example)])!,
            _ => throw new InvalidOperationException($"{member} is no reason."),
        });

        static object Example(ParameterInfo parameter) =>
            parameter.ParameterType == typeof(string) ? "example"
            : parameter.ParameterType == typeof(DateTime) ? FixedTime.Start
            : parameter.ParameterType == typeof(Role) ? RoleCatalogue.BillingAdmin
            : 1;
    }
}
