namespace PartnerCenter.Web.Shell;

/// <summary>Registers what every page shows.</summary>
public static class ShellSetup
{
    public static void AddPortalShell(this IServiceCollection services)
    {
        services.AddScoped<Here>();
        services.AddScoped<Communications.CommunicationWords>();
        services.AddScoped<Communications.MailWords>();
        services.AddScoped<Communications.ForeignLinks>();
        services.AddScoped<Communications.VerbAnswers>();
        services.AddScoped<Access.AccessWords>();
        services.AddScoped<Support.SupportNotes>();
        services.AddScoped<Preferences.MailChoicesSaver>();
        services.AddScoped<Preferences.MailChoicesCheck>();
        services.AddScoped<Preferences.TimeZoneWords>();
        services.AddSingleton<AssetUrls>();
        services.AddSingleton<Help.HelpLibrary>();
        services.AddScoped<Help.HelpLinks>();
        services.AddSingleton<Search.PortalIndex>();

        // Each page class reads for one page: there are no two implementations to choose from.
        foreach (var query in typeof(ShellSetup).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Query", StringComparison.Ordinal)))
            services.AddScoped(query);
    }
}
