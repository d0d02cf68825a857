namespace PartnerCenter.Web.Shell.Search;

/// <summary>
/// Finds things by the words of their titles and texts, from memory: every word that is asked for has to occur, as it is, as the beginning
/// of another, as a synonym, or with a slip of the keyboard.
/// </summary>
/// <param name="synonyms">Which other words mean the same as one, or as what somebody began to type.</param>
public sealed class SearchIndex<T>(Func<string, IEnumerable<string>> synonyms)
    where T : class
{
    // What is worth more than what; the figures themselves mean nothing.
    private const double WholeWord = 1;
    private const double BeginningOfWord = 0.8;
    private const double SameMeaning = 0.6;
    private const double SlipOfTheKeyboard = 0.4;

    private const int MostWords = 8;
    private const int MostWordsOfText = 30;

    private readonly List<T> _items = [];

    // By word: which items have it, and how much it counts there.
    private readonly SortedList<string, Dictionary<int, double>> _places = new(StringComparer.Ordinal);

    /// <summary>Makes a thing known.</summary>
    /// <param name="item">What is found.</param>
    /// <param name="texts">Its texts, and how much a word counts in each.</param>
    public void Add(T item, params IEnumerable<(string Text, double Weight)> texts)
    {
        var number = _items.Count;
        _items.Add(item);
        foreach (var (text, weight) in texts)
        {
            foreach (var word in SearchWords.Of(text))
            {
                if (!_places.TryGetValue(word, out var places))
                    _places.Add(word, places = []);
                places[number] = Math.Max(places.GetValueOrDefault(number), weight);
            }
        }
    }

    /// <summary>What has all the words, the best first; what came first in the index wins where two are as good.</summary>
    public IReadOnlyList<T> Find(string words)
    {
        Dictionary<int, double>? found = null;
        foreach (var word in SearchWords.Of(words).Distinct().Take(MostWords))
        {
            var places = PlacesOf(word);
            found = found is null
                ? places
                : found.Where(place => places.ContainsKey(place.Key)).ToDictionary(place => place.Key, place => place.Value + places[place.Key]);
        }

        return BestFirst(found ?? []);
    }

    /// <summary>What has some of the words, the closest first: a word that few things have says more than one that many have.</summary>
    public IReadOnlyList<T> FindClosest(string words)
    {
        Dictionary<int, double> found = [];
        foreach (var places in SearchWords.Of(words).Distinct().Take(MostWordsOfText).Select(PlacesOf))
        {
            // https://en.wikipedia.org/wiki/Tf-idf: what everything has counts nothing.
            var rarity = Math.Log((double)_items.Count / Math.Max(places.Count, 1));
            foreach (var (item, worth) in places)
                found[item] = found.GetValueOrDefault(item) + worth * rarity;
        }

        return BestFirst(found.Where(place => place.Value > 0));
    }

    private IReadOnlyList<T> BestFirst(IEnumerable<KeyValuePair<int, double>> found) =>
        [.. found.OrderByDescending(place => place.Value).ThenBy(place => place.Key).Select(place => _items[place.Key])];

    private Dictionary<int, double> PlacesOf(string word)
    {
        Dictionary<int, double> found = [];
        foreach (var (other, places) in WordsFrom(word))
            Count(places, other == word ? WholeWord : BeginningOfWord);
        foreach (var (_, places) in synonyms(word).SelectMany(WordsFrom))
            Count(places, SameMeaning);

        // Only what would find nothing is taken for a slip.
        if (found.Count == 0)
        {
            foreach (var (_, places) in _places.Where(known => Typing.IsSlipOf(known.Key, word)))
                Count(places, SlipOfTheKeyboard);
        }

        return found;

        void Count(Dictionary<int, double> places, double quality)
        {
            foreach (var (item, weight) in places)
                found[item] = Math.Max(found.GetValueOrDefault(item), weight * quality);
        }
    }

    // All that begin with it stand together.
    private IEnumerable<KeyValuePair<string, Dictionary<int, double>>> WordsFrom(string beginning)
    {
        var (from, to) = (0, _places.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (string.CompareOrdinal(_places.GetKeyAtIndex(middle), beginning) < 0)
                from = middle + 1;
            else
                to = middle;
        }

        for (; from < _places.Count && _places.GetKeyAtIndex(from).StartsWith(beginning, StringComparison.Ordinal); from++)
            yield return KeyValuePair.Create(_places.GetKeyAtIndex(from), _places.GetValueAtIndex(from));
    }
}
