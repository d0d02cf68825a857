namespace PartnerCenter.BadInputs;

/// <summary>A request that is ready to be sent, and what is bad about it.</summary>
/// <param name="Route">The route that it is for.</param>
/// <param name="Request">The request.</param>
/// <param name="By">Who sends it.</param>
/// <param name="Twists">What was done to it, in words for whoever reads a finding.</param>
internal sealed record BadInput(string Route, HttpRequestMessage Request, Caller By, IReadOnlyList<string> Twists) : IDisposable
{
    private const int LongestShown = 300;
    private const int LongestLine = 8_000;
    private const int SmallestLimitOfBodies = 4_000;

    /// <summary>Whether the server may close the connection on it before it has read all: then its answer can be lost on the way.</summary>
    public bool IsMoreThanIsRead =>
        Request.RequestUri!.OriginalString.Length > LongestLine || Request.Content?.Headers.ContentLength > SmallestLimitOfBodies;

    public void Dispose() => Request.Dispose();

    public override string ToString()
    {
        var text = $"{Route} by {By.Kind} {By.Person}: {string.Join("; ", Twists)}";
        return string.Concat(text.Length > LongestShown ? text[..LongestShown] : text).ReplaceLineEndings(" ");
    }
}
