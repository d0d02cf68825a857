namespace PartnerCenter.BrowserTests;

/// <summary>The mails that the portal has put on disk.</summary>
public sealed class MailFolder(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The texts of the mails about one communication. Its id stands in a header of each.</summary>
    public IReadOnlyList<string> About(long communication) =>
    [
        .. Texts().Where(text => HeaderOf(text, "Feedback-ID")?.Split(':') is [_, _, var id, ..] && id == $"{communication}"),
    ];

    /// <summary>Waits until there are mails about it.</summary>
    public Task<IReadOnlyList<string>> WaitForMailsAbout(long communication) =>
        WaitUntil(() => About(communication), mails => mails.Count > 0);

    public Task<string> WaitForMailTo(string address) =>
        WaitUntil(() => Texts().FirstOrDefault(text => HeaderOf(text, "To") == address) ?? "", mail => mail.Length > 0);

    /// <summary>The first address below a path that stands in a mail, without the name of the host.</summary>
    public static string LinkIn(string mail, string path)
    {
        // Quoted-printable breaks long lines: RFC 2045 section 6.7.
        var text = mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal);
        var start = text[text.IndexOf(path, StringComparison.Ordinal)..];
        return string.Concat(start.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.'));
    }

    public Task WaitForAny() => WaitUntil(() => Texts().Any(), any => any);

    public static string? HeaderOf(string mail, string name) => mail
        .Split('\n')
        .TakeWhile(line => line.Trim().Length > 0)
        .FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..].Trim();

    private IEnumerable<string> Texts() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml").Select(File.ReadAllText) : [];

    private static async Task<T> WaitUntil<T>(Func<T> look, Func<T, bool> isThere)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            if (look() is var seen && isThere(seen))
                return seen;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
