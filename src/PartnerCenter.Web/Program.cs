using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Hosting.Commands;

if (HostCommands.AreMeantBy(args))
    return await HostCommands.RunAsync(args);

try
{
    var portal = Portal.Build(args);
    await portal.PrepareDatabaseAsync();
    await portal.RunAsync();
    return 0;
}
catch (Exception fault) when (StartupFault.Explain(fault) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}

/// <summary>The entry point, named so that tests can start the portal in their own process.</summary>
public partial class Program;
