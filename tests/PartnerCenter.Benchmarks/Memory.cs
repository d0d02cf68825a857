using System.Reflection;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Features.Dashboard;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Components.NotificationBell;
using PartnerCenter.Web.Shell.Components.ProfileMenu;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Benchmarks;

/// <summary>What the dashboard asked the database for once; afterwards it is rendered from here, through the same portal and views.</summary>
internal sealed class Memory
{
    public SignInSession? Session { get; set; }

    public Member? Member { get; set; }

    public DashboardPage? Page { get; set; }

    public BellPanel? Bell { get; set; }

    public ProfilePanel? Menu { get; set; }
}

internal static class MemorySetup
{
    /// <summary>Puts memory in the place of everything that asks the database for the dashboard.</summary>
    public static void AddMemory(this IServiceCollection services)
    {
        services.AddSingleton<Memory>();
        services.AddMvcCore().ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new Controllers()));
        services.AddSingleton<IViewComponentDescriptorProvider, Components>();
        services.PostConfigure<AuthenticationOptions>(options =>
            options.SchemeMap[SessionAuthentication.SchemeName].HandlerType = typeof(RememberedSession));
    }

    private sealed class Controllers : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            feature.Controllers.Remove(typeof(DashboardController).GetTypeInfo());
            feature.Controllers.Add(typeof(RememberedDashboardController).GetTypeInfo());
        }
    }

    // The views stay those of the portal: a component is found by its short name.
    private sealed class Components(ApplicationPartManager parts) : IViewComponentDescriptorProvider
    {
        private readonly DefaultViewComponentDescriptorProvider _portal = new(parts);

        public IEnumerable<ViewComponentDescriptor> GetViewComponents() => _portal.GetViewComponents().Select(component => component.ShortName switch
        {
            "NotificationBell" => In(component, typeof(RememberedBell)),
            "ProfileMenu" => In(component, typeof(RememberedMenu)),
            _ => component,
        });

        private static ViewComponentDescriptor In(ViewComponentDescriptor component, Type type)
        {
            component.TypeInfo = type.GetTypeInfo();
            component.MethodInfo = type.GetMethod("InvokeAsync")!;
            component.Parameters = component.MethodInfo.GetParameters();
            return component;
        }
    }
}

/// <summary>Who asks.</summary>
internal sealed class RememberedSession(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Memory memory,
    CurrentUser user,
    WorkspaceCatalogue workspaces) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (memory.Session is null)
            await RememberAsync();
        user.SignedIn(memory.Session!, DateTime.UtcNow);
        user.MemberOf(memory.Member!);
        return AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "1")], Scheme.Name)), Scheme.Name));
    }

    private async Task RememberAsync()
    {
        var db = Context.RequestServices.GetRequiredService<PartnerCenterDb>();
        var session = await db.Sessions.Include(session => session.Person).SingleAsync();
        var membership = await db.Memberships
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(membership => membership.Roles)
            .SingleAsync(membership => membership.PersonId == session.PersonId);
        memory.Member = new Member(membership, workspaces, DateTime.UtcNow);
        memory.Session = session;
    }
}

/// <summary>The page itself.</summary>
internal sealed class RememberedDashboardController(DashboardQuery query, Memory memory, CurrentUser user) : Controller
{
    [HttpGet("/o/{organization}")]
    [Page(PageTable.Home)]
    [RequirePermission(Permission.UseActionCenter)]
    public async Task<IActionResult> Index(CancellationToken cancellation) =>
        View("/Features/Dashboard/Index.cshtml", memory.Page ??= await query.ReadAsync(user.Member, cancellation));
}

/// <summary>The bell of the header.</summary>
internal sealed class RememberedBell(BellQuery query, Memory memory) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Workspace? workspace = null) =>
        View(memory.Bell ??= await query.ReadAsync(memory.Member!, workspace, HttpContext.RequestAborted));
}

/// <summary>The menu of the person in the header.</summary>
internal sealed class RememberedMenu(ProfileMenuQuery query, Memory memory) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View(memory.Menu ??= await query.ReadAsync(HttpContext.RequestAborted));
}
