using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Structure;

/// <summary>What keeps the code where a reader looks for it.</summary>
public sealed partial class NamesTests
{
    private const string Features = "PartnerCenter.Web.Features.";

    // Bodies of the publishing API end in Request and Answer: they are a contract with others and no page of ours.
    private static readonly string[] Endings = ["Controller", "Query", "Page", "Row", "Form", "Request", "Answer"];

    private static readonly string[] NamesThatSayNothing = ["Helper", "Helpers", "Manager", "Service", "Utils", "Util", "Common", "Shared", "Base"];

    private static IEnumerable<Type> OwnTypes =>
        new[] { typeof(Portal).Assembly, typeof(PartnerCenter.Mail.MailSetup).Assembly, typeof(PartnerCenter.Data.DataSetup).Assembly, typeof(Domain.Reason).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsNested: false, Namespace: not null } && !type.Name.Contains('<', StringComparison.Ordinal))
            .Where(type => type.Namespace!.StartsWith("PartnerCenter", StringComparison.Ordinal));

    // xunit 2 knows IDisposable and IAsyncLifetime. What only says IAsyncDisposable is never ended, and its portals watch their files for ever.
    [Fact]
    public void Every_test_class_ends_in_a_way_that_is_noticed() => Assert.Empty(typeof(NamesTests).Assembly.GetTypes()
        .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
        .Where(type => type.IsAssignableTo(typeof(IAsyncDisposable)) && !type.IsAssignableTo(typeof(IAsyncLifetime)))
        .Select(type => type.Name));

    [Fact]
    public void A_class_in_a_feature_says_by_its_ending_what_it_is()
    {
        var others = OwnTypes
            .Where(type => type.Namespace!.StartsWith(Features, StringComparison.Ordinal) && type.IsClass)
            .Where(type => !Endings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal)) && type.Name != "NamedKey");

        Assert.Empty(others.Select(type => type.FullName));
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var empty = OwnTypes.Where(type => !type.Name.EndsWith("TagHelper", StringComparison.Ordinal))
            .Where(type => NamesThatSayNothing.Any(name => type.Name.EndsWith(name, StringComparison.Ordinal)));

        Assert.Empty(empty.Select(type => type.FullName));
    }

    [Fact]
    public void A_feature_does_not_use_another_feature()
    {
        var uses =
            from file in Repository.SourceFiles(".cs", ".cshtml")
            let name = Repository.NameOf(file).Replace('\\', '/')
            where name.Contains("/Features/", StringComparison.Ordinal)
            let own = FeatureFolder().Match(name).Groups["feature"].Value
            from Match use in FeatureName().Matches(File.ReadAllText(file))
            where use.Groups["feature"].Value != own
            select $"{name} uses {use.Groups["feature"].Value}";

        Assert.Empty(uses);
    }

    [Fact]
    public void No_action_binds_an_entity()
    {
        var entities = typeof(PartnerCenter.Data.PartnerCenterDb).GetProperties()
            .Where(property => property.PropertyType.IsGenericType)
            .Select(property => property.PropertyType.GetGenericArguments()[0])
            .ToHashSet();

        var bound =
            from type in OwnTypes
            where typeof(ControllerBase).IsAssignableFrom(type)
            from action in type.GetMethods()
            from parameter in action.GetParameters()
            where entities.Contains(parameter.ParameterType)
            select $"{type.Name}.{action.Name}";

        Assert.Empty(bound);
    }

    [Fact]
    public void Nothing_reads_the_clock_but_through_the_time_provider()
    {
        var readers = Repository.SourceFiles(".cs").Where(file => Clock().IsMatch(File.ReadAllText(file)));

        Assert.Empty(readers.Select(Repository.NameOf));
    }

    [Fact]
    public void No_view_writes_html_that_was_not_made_safe()
    {
        var views = Repository.SourceFiles(".cshtml").Where(file => File.ReadAllText(file).Contains("Html.Raw", StringComparison.Ordinal));

        Assert.Empty(views.Select(Repository.NameOf));
    }

    // Abuse case 24: a page that opens in another tab could lead the one before elsewhere.
    [Fact]
    public void No_link_opens_a_tab_that_can_reach_the_one_before()
    {
        var links = Repository.SourceFiles(".cshtml").SelectMany(file => LinkToTab().Matches(File.ReadAllText(file))).Select(link => link.Value).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains("rel=\"noopener", link, StringComparison.Ordinal));
    }

    // Settings of the connection, a lock, and one statement that touches nothing: each is a constant.
    [Fact]
    public void No_sql_is_written_by_hand_but_the_listed_constants()
    {
        string[] listed =
        [
            "src/PartnerCenter.Data/Engines/SqlServerPartnerCenterDb.cs",
            "src/PartnerCenter.Data/Engines/SqliteConnectionSettings.cs",
            "src/PartnerCenter.Data/Engines/SqliteFailedCommits.cs",
            "src/PartnerCenter.Web/Hosting/DatabaseStartup.cs",
        ];
        var writers = Repository.SourceFiles(".cs").Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal) && HandWrittenSql().IsMatch(File.ReadAllText(file))).ToList();

        Assert.Equal(listed, writers.Select(file => Repository.NameOf(file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.DoesNotMatch(@"(CommandText\s*=|Sql\w*\()\s*\$", string.Concat(writers.Select(File.ReadAllText)));
    }

    [GeneratedRegex("<(a|form)[^>]*target=[^>]*>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LinkToTab();

    [GeneratedRegex(@"FromSql|ExecuteSql|SqlQuery|CommandText\s*=", RegexOptions.NonBacktracking)]
    private static partial Regex HandWrittenSql();

    [GeneratedRegex("/Features/(?<feature>[^/]+)/", RegexOptions.NonBacktracking)]
    private static partial Regex FeatureFolder();

    [GeneratedRegex(@"PartnerCenter\.Web\.Features\.(?<feature>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"DateTime(?:Offset)?\.(?:UtcNow|Now|Today)", RegexOptions.NonBacktracking)]
    private static partial Regex Clock();
}
