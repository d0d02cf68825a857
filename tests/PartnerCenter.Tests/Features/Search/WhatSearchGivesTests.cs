using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Demo;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Help;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Tests.Features.Search;

/// <summary>Whatever the search bar gives somebody opens for them: asked for everything that there is, by everybody of the demo.</summary>
public sealed class WhatSearchGivesTests(PortalApp app) : IClassFixture<PortalApp>
{
    public static TheoryData<string, string> Places
    {
        get
        {
            var places = new TheoryData<string, string>();
            foreach (var person in DemoPeople.All)
            {
                foreach (var place in person.Places)
                    places.Add(person.Key, place.Organization);
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Everything_that_is_found_opens(string person, string organization)
    {
        var visitor = await app.ArriveAsync(person, organization);
        HashSet<string> found = [];
        HashSet<string> closed = [];
        foreach (var title in Titles())
        {
            var part = await visitor.OpenPartAsync($"/o/{organization}/search/suggestions?q={Uri.EscapeDataString(title)}");
            found.UnionWith(part.FindAll("[role=option]").Select(option => option.GetAttribute("href")!));
            closed.UnionWith(part.FindAll("[aria-labelledby=suggestions-closed] [role=option]").Select(option => option.GetAttribute("href")!));
        }

        Assert.NotEmpty(found);
        foreach (var address in found)
            Assert.True((await visitor.GetAsync(address)).StatusCode == HttpStatusCode.OK, $"{person}: {address}");
        foreach (var workspace in closed.Select(address => address.Split("workspace=")[1]))
            Assert.True((await visitor.GetAsync($"/o/{organization}/workspaces/{workspace}")).StatusCode == HttpStatusCode.Forbidden, $"{person}: {workspace}");
    }

    private IEnumerable<string> Titles()
    {
        var texts = app.Services.GetRequiredService<IStringLocalizer<PortalTexts>>();
        var words = app.Services.GetRequiredService<IStringLocalizer<Vocabulary>>();
        var library = app.Services.GetRequiredService<HelpLibrary>();
        return Languages.All.SelectMany(language => (IEnumerable<string>)
        [
            .. WorkspaceCatalogue.BuiltIn.All.Select(workspace => workspace.NameIn(language, words)),
            .. PageTable.Destinations.Select(page => texts.In(language, $"Page.{page.Key}")),
            .. HelpTable.All.Select(article => library.Find(article, language).Title),
        ]);
    }
}
