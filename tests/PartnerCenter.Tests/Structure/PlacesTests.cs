using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Tests.Structure;

/// <summary>Every address that can be opened has its place: in breadcrumbs, and in search unless there is a reason.</summary>
public sealed class PlacesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static readonly string[] NoPages =
    [
        // What leads on.
        "/",
        "/o/{organization}/switch",
        "/join/{token}",
        "/join/{token}/with/{provider}",
        "/sign-in/{provider}",
        "/signout-oidc/{provider}",
        "/sign-in/local",
        "/forgotten-password",
        "/forgotten-password/asked",
        "/reset-password/{token}",

        // For those who work on the portal, in Development only.
        "/design",

        // For whoever has no page to go to.
        "/no-organization",

        // Parts of pages.
        "/o/{organization}/action-center/bell",
        "/o/{organization}/search/suggestions",
        "/operator/mail-preview/html",

        // Files.
        "/calendar/{secret}.ics",
        "/feeds/{secret}.atom",
        "/o/{organization}/account-settings/access-reviews/{id:int}/evidence",
        "/o/{organization}/account-settings/activity-log/export",
        "/o/{organization}/account-settings/users/export.csv",
        "/o/{organization}/sent-mail/export",
        "/operator/communications/{id:long}/delivery/export",
        "/my-profile/data",

        // For machines.
        "/api/v1/catalogue",
        "/api/v1/communications/{id:long}",
    ];

    private static readonly string[] NotInSearch =
    [
        // About one thing, and found with it or on the page above.
        PageTable.Workspace, PageTable.Communication, PageTable.HelpArticle, PageTable.User, PageTable.UserPermissions, PageTable.AccessRequest,
        PageTable.AccessReview, PageTable.Program, PageTable.Location, PageTable.SupportRequest,

        // A step of something that begins on the page above.
        PageTable.Welcome, PageTable.SignInAgain,

        // The page that shows it, and the one that leads to it.
        PageTable.Search, PageTable.Start,

        // In the menu of the person, because they are about all directories.
        PageTable.MyActions, PageTable.MyProfile, PageTable.MySessions, PageTable.DirectorySignIn, PageTable.MyPassword, PageTable.TwoStepSignIn,

        // Opened by a link of a communication that leads elsewhere.
        PageTable.ForeignLink,

        // Opened from a mail.
        PageTable.VerifyContact, PageTable.Unsubscribe, PageTable.Invitation,

        // For operators, whose area has no search.
        PageTable.Operator, PageTable.NewCommunication, PageTable.PublishedCommunication, PageTable.SimulatedCommunication,
        PageTable.ImportPreferences, PageTable.MailPreview, PageTable.PersonSessions, PageTable.Delivery, PageTable.SupportDesk, PageTable.SupportDeskRequest,
        PageTable.OperatorHelp, PageTable.OperatorHelpArticle, PageTable.People, PageTable.Person, PageTable.ErasePerson,
    ];

    [Fact]
    public void Every_address_is_that_of_a_page_or_says_why_not()
    {
        var others = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageAttribute>() is null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}");

        Assert.Equal(NoPages.Order(StringComparer.Ordinal), others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_is_found_by_search_or_says_why_not()
    {
        var keys = typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        var found = PageTable.Destinations.Select(page => page.Key);

        Assert.Equal(NotInSearch.Order(StringComparer.Ordinal), keys.Except(found).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_below_an_organization_but_its_home_stands_below_another()
    {
        var keys = typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(
            [PageTable.Home],
            keys.Select(PageTable.Find).Where(page => page.Path.StartsWith("/o/", StringComparison.Ordinal) && page.Parent is null).Select(page => page.Key));
    }
}
