namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>The head of a mail file, read as a mail program reads it: folded lines belong together.</summary>
internal sealed class WrittenMail
{
    private readonly ILookup<string, string> _headers;

    private WrittenMail(IEnumerable<string> lines) => _headers = lines
        .Aggregate(new List<string>(), (unfolded, line) =>
        {
            if (line.StartsWith(' ') || line.StartsWith('\t'))
                unfolded[^1] += line;
            else
                unfolded.Add(line);
            return unfolded;
        })
        .Select(line => line.Split(": ", 2))
        .ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);

    public string MessageId => Assert.Single(_headers["Message-ID"]);

    /// <summary>Everybody whom the mail goes to.</summary>
    public IReadOnlyList<string> Recipients =>
        [.. new[] { "To", "Cc", "Bcc" }.SelectMany(name => _headers[name]).SelectMany(value => value.Split(',')).Select(address => address.Trim())];

    public string Subject => Assert.Single(_headers["Subject"]);

    public static IReadOnlyList<WrittenMail> AllIn(string folder) => [.. Directory.EnumerateFiles(folder, "*.eml").Select(Read)];

    private static WrittenMail Read(string file) => new(File.ReadLines(file).TakeWhile(line => line.Length > 0));
}
