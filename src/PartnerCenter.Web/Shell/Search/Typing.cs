namespace PartnerCenter.Web.Shell.Search;

/// <summary>What fingers do to words.</summary>
public static class Typing
{
    private const int ShortestWithSlip = 4;
    private const int ShortestWithTwo = 8;

    /// <summary>
    /// Whether somebody who meant a word, or its beginning, may have typed this: one letter too many, too few, wrong or swapped with its
    /// neighbour from four letters on, two from eight on.
    /// </summary>
    public static bool IsSlipOf(string word, string typed)
    {
        var most = typed.Length >= ShortestWithTwo ? 2 : 1;
        if (typed.Length < ShortestWithSlip || word.Length < typed.Length - most)
            return false;

        // Who is still typing has not come to the end of the word.
        return DistanceToBeginning(word.AsSpan(0, Math.Min(word.Length, typed.Length + most)), typed, most) <= most;
    }

    // Optimal string alignment (https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance) with the beginning of the word that fits
    // best. Once all are too far away, they stay so.
    private static int DistanceToBeginning(ReadOnlySpan<char> word, ReadOnlySpan<char> typed, int most)
    {
        Span<int> beforeLast = stackalloc int[word.Length + 1];
        Span<int> last = stackalloc int[word.Length + 1];
        Span<int> current = stackalloc int[word.Length + 1];
        for (var column = 0; column <= word.Length; column++)
            last[column] = column;

        for (var row = 1; row <= typed.Length; row++)
        {
            current[0] = row;
            var nearest = row;
            for (var column = 1; column <= word.Length; column++)
            {
                var isSame = typed[row - 1] == word[column - 1];
                current[column] = Math.Min(last[column - 1] + (isSame ? 0 : 1), Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && typed[row - 1] == word[column - 2] && typed[row - 2] == word[column - 1])
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
                nearest = Math.Min(nearest, current[column]);
            }

            // A swap of neighbours reaches back over one row.
            if (nearest > most + 1)
                return nearest;
            var free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }

        var best = last[0];
        foreach (var distance in last)
            best = Math.Min(best, distance);
        return best;
    }
}
