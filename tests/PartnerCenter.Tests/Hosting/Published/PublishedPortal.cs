using System.Diagnostics;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>The portal as it is deployed: published once for all tests of a run, from what was just built.</summary>
internal static class PublishedPortal
{
    private static readonly Lazy<Task<string>> Publishing = new(PublishAsync);

    public static Task<string> FolderAsync() => Publishing.Value;

    private static async Task<string> PublishAsync()
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-published-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);

        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "publish", Repository.PathOf("src/PartnerCenter.Web"),
            "--configuration", Configuration, "--output", folder, "--no-build", "--nologo", "-nodeReuse:false",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var errors = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, $"{await output}{await errors}");
        return folder;
    }

    // What is published is what these tests were built with: bin/<configuration>/<framework>.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
