using System.Globalization;
using System.Text.RegularExpressions;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Structure;

/// <summary>What <c>docs/security</c> says is true: each test that it names exists, no row is missing, and somebody looks for advisories.</summary>
public sealed partial class SecurityDocumentsTests
{
    private const string Folder = "docs/security";
    private const int AbuseCases = 35;

    // The rows of OWASP ASVS 5.0.0 that apply to the portal. Whoever takes one away says in the review why it does not apply any more.
    private const string Level1 =
        """
        1.2.1 1.2.2 1.2.3 1.2.4 1.3.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.3 4.1.1 5.2.1 5.2.2 5.3.1 5.3.2
        6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 11.3.1 11.3.2 11.4.1
        12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
        """;

    private const string Level2 =
        """
        1.1.1 1.1.2 1.2.9 1.3.3 1.3.5 1.3.6 1.3.7 1.3.10 1.3.11 1.5.2 2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.4.1 3.3.2 3.3.3 3.3.4 3.4.3 3.4.4
        3.4.5 3.4.6 3.5.4 3.7.1 3.7.2 4.1.2 4.1.3 4.2.1 5.1.1 5.4.1 5.4.2 5.4.3 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.2 6.6.3
        6.8.1 6.8.2 6.8.4 7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.2 8.2.3 8.4.1 9.2.2 9.2.3 10.1.2 10.2.1
        10.2.2 10.5.1 10.5.2 10.5.3 10.5.4 11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.3 11.5.1 12.1.2 12.3.1 12.3.2 13.1.1 13.2.1
        13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5 14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3 15.1.2
        15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7 16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3
        16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3
        """;

    private static readonly TimeSpan LongestBetweenReviews = TimeSpan.FromDays(30);

    private static readonly Lazy<Dictionary<string, string>> Sources = new(() => Directory
        .EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))
        .ToDictionary(file => file, File.ReadAllText));

    public static TheoryData<string> Documents => [.. Directory.EnumerateFiles(Repository.PathOf(Folder), "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_test_that_is_named_exists(string document)
    {
        var missing = TestsIn(Read(document)).Where(test => !Exists(test.Class, test.Method)).Select(test => $"{test.Class}.{test.Method}");

        Assert.Empty(missing.Distinct());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_it_links_to_is_there(string document)
    {
        var missing = Link().Matches(Read(document))
            .Select(link => link.Groups["file"].Value)
            .Where(file => file.Length > 0 && !file.StartsWith("https:", StringComparison.Ordinal) && !File.Exists(Repository.PathOf(Path.Combine(Folder, file))));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_row_of_the_standard_that_applies_is_there_once_under_its_level()
    {
        var levels = Read("asvs.md").Split("\n## Level 2\n");

        Assert.Equal([Numbers(Level1), Numbers(Level2)], levels.Select(level => Row().Matches(level).Select(row => row.Groups["number"].Value).Order(StringComparer.Ordinal)));
    }

    // A row of level 1 is shown by a test or is an exception; one of level 2 may also say why it holds.
    [Fact]
    public void Every_row_says_how_it_stands()
    {
        var silent = Read("asvs.md").Split('\n').Where(line => Row().IsMatch(line)).Where(line =>
        {
            var isLevel1 = Numbers(Level1).Contains(Row().Match(line).Groups["number"].Value);
            return !TestsIn(line).Any() && !DatedException().IsMatch(line) && (isLevel1 || !line.Contains("| Holds because ", StringComparison.Ordinal));
        });

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_abuse_case_is_there_once_with_a_test()
    {
        var cases = AbuseCase().Matches(Read("abuse-cases.md"));

        Assert.Equal(Enumerable.Range(1, AbuseCases), cases.Select(row => int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture)));
        Assert.All(cases, row => Assert.NotEmpty(TestsIn(row.Value)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void An_exception_has_the_day_since_when(string document)
    {
        var undated = Read(document).Split('\n').Where(line => line.StartsWith('|') && Exception().Count(line) != DatedException().Count(line));

        Assert.Empty(undated);
    }

    // The only test that reads the clock of the machine: what is meant is how long ago somebody really looked.
    [Fact]
    public void Somebody_has_looked_for_advisories_in_the_last_30_days()
    {
        var review = DateOnly.ParseExact(Review().Match(Read("advisories.md")).Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        Assert.True(
            today <= review.AddDays((int)LongestBetweenReviews.TotalDays),
            $"{Folder}/advisories.md was last reviewed on {review:yyyy-MM-dd}, more than {LongestBetweenReviews.Days} days ago: look for new advisories of the packages, "
            + "write down what there is and what protects us, and set 'Last review' to the day on which you did.");
        Assert.True(review <= today.AddDays(1), $"{Folder}/advisories.md says that it was reviewed on {review:yyyy-MM-dd}, which has not come yet.");
    }

    private static string Read(string document) => Repository.Read($"{Folder}/{document}");

    private static IEnumerable<string> Numbers(string rows) => rows.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Class, string Method)> TestsIn(string text) => NamedTest().Matches(text).Select(test => (test.Groups["class"].Value, test.Groups["method"].Value));

    // Some tests are in assemblies that start browsers and processes: their sources tell the same without loading them.
    private static bool Exists(string className, string method) => Sources.Value.Values.Any(source =>
        source.Contains($" {method}(", StringComparison.Ordinal)
        && Regex.IsMatch(source, $@"class {className}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
        && Regex.IsMatch(source, $@"public (async )?(Task|void) {method}\(", RegexOptions.None, TimeSpan.FromSeconds(1)));

    [GeneratedRegex(@"`(?<class>[A-Z]\w+)\.(?<method>[A-Z][A-Za-z0-9]*_\w+)`", RegexOptions.NonBacktracking)]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^\| (?<number>\d+\.\d+\.\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<number>\d+) \|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AbuseCase();

    [GeneratedRegex(@"\]\((?<file>[^)#]*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("Exception since ", RegexOptions.NonBacktracking)]
    private static partial Regex Exception();

    [GeneratedRegex(@"Exception since 20\d\d-\d\d-\d\d", RegexOptions.NonBacktracking)]
    private static partial Regex DatedException();

    [GeneratedRegex(@"^Last review: (?<day>\d{4}-\d\d-\d\d)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Review();
}
