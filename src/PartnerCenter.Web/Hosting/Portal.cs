using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Mail;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Jobs;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Hosting;

/// <summary>Puts the portal together: what it is made of, and the way of a request through it.</summary>
public static class Portal
{
    /// <param name="args">The command line.</param>
    /// <param name="replace">Registers other services in the place of the portal's own, for whoever measures it without some of its parts.</param>
    /// <exception cref="StartupException">The configuration cannot work.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestSizes.LargestBody;
        });
        if (!PortalUrls.AreNamed(builder.Configuration))
            builder.WebHost.UseUrls(PortalUrls.Default);

        builder.Logging.AddPortalLogging(builder.Configuration);
        builder.AddPortalServices(GuardedStart.Portal);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        // An address that cannot be is found now, and not by the first mail that names it.
        _ = app.Services.GetRequiredService<PortalAddress>();
        app.UsePortal();
        return app;
    }

    /// <summary>Registers what pages, API, jobs and host commands share.</summary>
    /// <param name="builder">What it is registered with.</param>
    /// <param name="start">What is started.</param>
    /// <exception cref="StartupException">The configuration cannot work, or is refused by a guard.</exception>
    public static void AddPortalServices(this WebApplicationBuilder builder, GuardedStart start)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var database = DatabaseSettings.From(configuration, builder.Environment);
        StartupGuards.Check(start, configuration, builder.Environment, database);

        SecurityHeaders.AddTo(services);
        services.Configure<HostFilteringOptions>(hosts => hosts.IncludeFailureMessage = false);
        services.AddSingleton(TimeProvider.System);
        var workspaces = WorkspaceSettings.Read(configuration);
        services.AddSingleton(workspaces);
        services.AddSingleton(TrustedHosts.Read(configuration, workspaces));
        services.AddSingleton(provider => new PortalAddress(PortalUrls.Public(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton(database);
        services.AddPartnerCenterData(database.Provider, database.ConnectionString);
        services.AddPartnerCenterMail();
        services.AddOptions<CommunicationOptions>().BindConfiguration(CommunicationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddLocalization();
        services.AddPortalKeyRing(configuration, builder.Environment);
        services.AddPortalSecurity(SignInProviders.Read(configuration, builder.Environment), LocalSignInSettings.Read(configuration, builder.Environment));
        services.AddPortalShell();
        services.AddKnownProxies(configuration);
        services.AddRateLimits();
        services.AddRequestSizes();
        services.AddPublishingApi();
        services.AddPageCompression();
        services.Configure<HostOptions>(host =>
        {
            // Longer than a mail that is on its way may take; a fault in one job must not take the pages down.
            host.ShutdownTimeout = TimeSpan.FromSeconds(75);
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        services.AddHostedService<HeartbeatJob>();
        services.AddHostedService<MailFanOutJob>();
        services.AddHostedService<MailDispatchJob>();
        services.AddHostedService<AccessDeadlinesJob>();
        services.AddHostedService<CatchUpJob>();
        services.AddHostedService<ReminderJob>();
        services.AddHostedService<EscalationJob>();
        services.AddHostedService<ExpiryJob>();
        services.AddHostedService<RetentionJob>();

        services.AddControllersWithViews(mvc =>
            {
                LineBreaks.AddTo(mvc.ModelBinderProviders);
                mvc.ModelMetadataDetailsProviders.Add(new ListsWithoutNull());
                UnreadableRequests.AddTo(mvc);
                mvc.Filters.Add<RuleViolationFilter>();
                mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            })
            .AddViewLocalization()
            .AddDataAnnotationsLocalization(annotations => annotations.DataAnnotationLocalizerProvider = (_, factory) => factory.Create(typeof(PortalTexts)));
        services.AddSingleton<IConfigureOptions<MvcOptions>, BindingMessages>();
        services.AddSingleton<CookieTempDataProvider>();
        services.AddSingleton<ITempDataProvider, WaitingTempData>();
        services.Configure<RazorViewEngineOptions>(razor => razor.ViewLocationExpanders.Add(new FeatureViewLocations()));
        services.Configure<RouteOptions>(routing => routing.LowercaseUrls = true);

        // These two have one name for all requests; only Development is served by plain http to people who sign in.
        var isHttps = !builder.Environment.IsDevelopment();
        services.Configure<CookieTempDataProviderOptions>(message =>
        {
            message.Cookie.Name = HostCookie.Named("pc-message", isHttps);
            message.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = HostCookie.Named("pc-form", isHttps);
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    private static void UsePortal(this WebApplication app)
    {
        // First, so that everything after it sees the address of whoever asks and not that of the proxy.
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestLog>();
        app.UsePageCompression();
        app.UseErrorPageForFaults();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseMiddleware<ModuleFolder>();
        app.UseRouting();
        app.Use(RequestLog.RememberRoute);
        app.Use(RequestSizes.RefuseTooLarge);
        app.Use(UnreadableRequests.Refuse);
        app.Use(OtherSites.Refuse);
        app.UseMiddleware<FetchAheadRules>();
        app.UseAuthentication();
        app.UseMiddleware<RequestLanguage>();
        app.UseRateLimits();
        app.UseMiddleware<MembersOnly>();
        app.UseAuthorization();

        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        // An action that names no rule of its own is for signed-in people. As a fallback policy this would also send whoever asks for
        // an address that is not there, an API client among them, to the sign-in.
        app.MapControllers().RequireAuthorization().WithStaticAssets();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHealth();
        FetchAheadRules.Map(app);
    }
}
