namespace PartnerCenter.Tests.Support;

/// <summary>The files of this repository, wherever the tests run from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(() =>
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PartnerCenter.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds PartnerCenter.sln.");
    });

    public static string PathOf(string path) => Path.Combine(Root.Value, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The files under <c>src</c> with one of these endings, without what a build made.</summary>
    public static IEnumerable<string> SourceFiles(params string[] endings) =>
        Directory.EnumerateFiles(PathOf("src"), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"));

    /// <summary>A file as it is named in a failure.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root.Value, file);
}
