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
        return Enumerable.Range(typed.Length - most, (2 * most) + 1)
            .Where(length => length <= word.Length)
            .Any(length => Distance(word.AsSpan(0, length), typed) <= most);
    }

    // Optimal string alignment: https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
    private static int Distance(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        Span<int> beforeLast = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> current = stackalloc int[other.Length + 1];
        for (var column = 0; column <= other.Length; column++)
            last[column] = column;

        for (var row = 1; row <= one.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var isSame = one[row - 1] == other[column - 1];
                current[column] = Math.Min(last[column - 1] + (isSame ? 0 : 1), Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
            }

            last.CopyTo(beforeLast);
            current.CopyTo(last);
        }

        return last[other.Length];
    }
}
