using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Shell.Help;
using PartnerCenter.Web.Shell.Pages;
using PartnerCenter.Web.Shell.Search;

namespace PartnerCenter.Benchmarks;

/// <summary>What the search bar's suggestions cost through the whole portal, with 500 articles and 200 pages.</summary>
internal static class SearchBenchmark
{
    private const int Articles = 500;
    private const int WordsOfArticle = 300;
    private const int Pages = 200;
    private const int KnownWords = 8_000;
    private const int Live = 200;
    private const int Communications = 10_000;
    private const int Members = 1_000;
    private const int Requests = 300;
    private const double MostMilliseconds = 10;

    // A word, a beginning, a slip, another word for it, two words, and one that there is not.
    private static readonly string[] Searches = ["preferences", "pr", "prefrences", "earnings", "contact address", "zyzzyva"];

    public static async Task<int> RunAsync()
    {
        var index = new PortalIndex(Languages.All.ToDictionary(language => language, _ => Grown()));
        await using var portal = await RunningPortal.OpenAsync(Live, Communications, Members, services => services.AddSingleton(index));
        await using var empty = await RunningPortal.OpenAsync(
            Live, Communications, Members, services => services.AddSingleton(new PortalIndex(Languages.All.ToDictionary(language => language, _ => New()))));

        var slowest = 0.0;
        foreach (var search in Searches)
        {
            var address = $"/o/bench/search/suggestions?q={Uri.EscapeDataString(search)}";
            var (full, bare) = await Stopwatches.InTurnsAsync(Requests, () => portal.ReadAsync(address), () => empty.ReadAsync(address));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"suggestions for \"{search}\": {full:0.00} ms; of a portal without pages and articles {bare:0.00} ms"));
            slowest = Math.Max(slowest, full);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"suggestions: {slowest:0.00} ms at most (goal: at most {MostMilliseconds:0} ms)"));
        return slowest <= MostMilliseconds ? 0 : 1;
    }

    private static SearchIndex<Findable> New() => new(SynonymTable.Of);

    private static SearchIndex<Findable> Grown()
    {
        var random = new Random(20_261_128);
        var words = Enumerable.Range(0, KnownWords).Select(_ => Word(random)).Concat(["preferences", "payouts", "contact", "address"]).ToList();
        var index = New();
        foreach (var number in Enumerable.Range(0, Pages))
        {
            var page = new PortalPage($"Bench{number}", $"/o/{{organization}}/bench-{number}", PageTable.Find(PageTable.Home), "page", Permission.UseActionCenter);
            index.Add(new FoundPage(page), (Text(2), 10), (Text(2), 8));
        }

        foreach (var number in Enumerable.Range(0, Articles))
            index.Add(new FoundArticle(HelpTable.All.ElementAt(number % HelpTable.All.Count)), (Text(4), 10), (Text(4), 8), (Text(15), 4), (Text(WordsOfArticle), 2));
        return index;

        // Some words are far more frequent than others.
        string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[(int)(words.Count * Math.Pow(random.NextDouble(), 3))]));
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(3, 13)).Select(_ => (char)('a' + random.Next(26))));
}
