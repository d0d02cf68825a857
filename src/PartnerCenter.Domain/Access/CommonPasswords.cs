using System.Globalization;
using System.Text;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// The passwords that somebody would try first, as a small table of our own: words that lists of stolen passwords are full of, and what
/// people do to them, such as writing a 0 for an o and a year behind. A table of words and habits refuses more than any list of that size,
/// and holds nobody's password.
/// </summary>
public static class CommonPasswords
{
    /// <summary>Shorter words say nothing: everything is made of them.</summary>
    internal const int ShortestWord = 3;

    // Few words in a row are guessed, many are a passphrase.
    private const int MostWords = 3;

    private const int LongestRepeated = 5;
    private const int ShortestRow = 4;

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
        "qwertzuiop", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "q1w2e3r4t5y6u7i8o9p0",
        "1q2w3e4r5t6y7u8i9o0p", "a1s2d3f4g5h6j7k8l9", "147258369", "123321", "112233445566778899",
    ];

    private static readonly char[] Around = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(sign => !char.IsAsciiLetter(sign))];

    private static readonly HashSet<string> Words =
    [
        // What it is, in the languages of the portal and beside.
        "password", "passwort", "wachtwoord", "passw", "passwd", "pass", "word", "passphrase", "login", "logon", "signin", "sign", "secret", "geheim",
        "secure", "security", "veilig", "access", "toegang", "enter", "open", "key", "sleutel", "code", "account", "user", "gebruiker", "admin",
        "administrator", "beheer", "beheerder", "root", "guest", "gast", "master", "super", "system", "server", "computer", "internet", "portal", "portaal",
        "partner", "partners", "center", "centre", "program", "programma", "company", "bedrijf", "office", "kantoor", "work", "werk", "test",
        "testing", "tester", "demo", "sample", "example", "voorbeeld", "default", "standaard", "temp", "temporary", "tijdelijk", "change", "changeme",
        "new", "nieuw", "welcome", "welkom", "hello", "hallo", "hoi", "letmein", "let", "iloveyou", "trustno", "whatever", "nothing", "niets",

        // What people like.
        "love", "liefde", "lover", "baby", "angel", "engel", "princess", "prinses", "queen", "king", "koning", "prince", "sunshine", "zonneschijn",
        "flower", "bloem", "rainbow", "butterfly", "vlinder", "summer", "zomer", "winter", "spring", "lente", "autumn", "herfst", "happy", "lucky",
        "magic", "power", "freedom", "vrijheid", "heaven", "dragon", "draak", "monkey", "tiger", "tijger", "lion", "leeuw", "eagle", "wolf", "bear",
        "horse", "paard", "dog", "hond", "cat", "poes", "shadow", "ninja", "pirate", "soldier", "killer", "hunter", "ranger", "batman", "superman",
        "starwars", "pokemon", "matrix", "phoenix", "diamond", "silver", "golden", "gold", "cookie", "chocolate", "coffee", "koffie", "cheese", "kaas",
        "pizza", "banana", "orange", "apple", "cherry", "pepper", "ginger", "football", "voetbal", "soccer", "baseball", "basketball", "hockey", "tennis",
        "golf", "player", "champion", "music", "muziek", "guitar", "dance", "family", "familie", "mother", "moeder", "father", "vader", "friend",
        "vriend", "friends", "forever", "amsterdam", "rotterdam", "london", "paris", "berlin", "america", "holland", "nederland", "england", "europe",

        // Days, months and counting.
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
        "zondag", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "januari",
        "februari", "maart", "mei", "juni", "juli", "augustus", "oktober", "one", "two", "three", "four", "five", "een", "twee", "drie",

        // What joins them.
        "the", "and", "for", "you", "our", "your", "mine", "this", "that", "het", "een", "van", "voor", "ons", "onze", "mijn", "jouw", "dit", "dat",
    ];

    /// <summary>Whether it is a row of keys, a repetition, or a few common words with what people put around them.</summary>
    public static bool Has(string password) => IsRepeated(password) || IsMadeOf(password, []);

    /// <summary>Whether it is made of common words and of these, be it with digits and signs in between.</summary>
    public static bool IsMadeOf(string password, IEnumerable<string?> context)
    {
        var own = context.OfType<string>().SelectMany(PasswordPolicy.WordsOf).ToHashSet();
        return new[] { Plain(password), Plain(Unmasked(password)) }.Any(text => AreWords(text.Replace(" ", "", StringComparison.Ordinal), own));
    }

    // Letters as they are read: no capitals and no accents. Digits and signs set words apart; of other signs there are too many to guess.
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetter(sign))
                plain.Append(char.ToLowerInvariant(sign));
            else if (CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.IsAscii(sign) ? ' ' : sign);
        }

        return plain.ToString();
    }

    // What stands around the letters is no mask.
    private static string Unmasked(string password) => string.Concat(password.Trim(Around).Select(sign => sign switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => sign,
    }));

    // From each place that words reach, the words go on; what has no letters at all is digits and signs, which are tried first.
    private static bool AreWords(string letters, HashSet<string> own)
    {
        var words = new int?[letters.Length + 1];
        words[0] = 0;
        for (var start = 0; start < letters.Length; start++)
        {
            if (words[start] is not { } used || used == MostWords)
                continue;
            for (var end = start + ShortestWord; end <= letters.Length; end++)
            {
                var word = letters[start..end];
                if ((Words.Contains(word) || own.Contains(word) || IsRow(word)) && !(words[end] <= used + 1))
                    words[end] = used + 1;
            }
        }

        return words[^1] is not null;
    }

    private static bool IsRow(string word) =>
        word.Length >= ShortestRow && (word.Distinct().Count() == 1 || Rows.Any(row => row.Contains(word, StringComparison.Ordinal) || Reversed(row).Contains(word, StringComparison.Ordinal)));

    // The same few signs again and again, or a row of keys with digits in it.
    private static bool IsRepeated(string password)
    {
        var typed = password.ToLowerInvariant();
        for (var length = 1; length <= LongestRepeated; length++)
        {
            if (Enumerable.Range(length, Math.Max(typed.Length - length, 0)).All(place => typed[place] == typed[place - length]))
                return true;
        }

        return Rows.Any(row => row.Contains(typed, StringComparison.Ordinal) || Reversed(row).Contains(typed, StringComparison.Ordinal));
    }

    private static string Reversed(string row) => string.Concat(row.Reverse());
}
