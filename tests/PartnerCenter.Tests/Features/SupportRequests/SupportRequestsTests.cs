using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SupportRequests;

public sealed class SupportRequestsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Requests = "/o/alpine-cloud/help-support/requests";
    private const string New = $"{Requests}/new";

    [Fact]
    public async Task First_one_says_what_it_is_about_and_gets_articles_that_may_answer_it()
    {
        var visitor = await app.SignInAsync("newcomer");

        var first = await visitor.OpenAsync($"{New}?workspace=billing");
        Assert.Equal("billing", first.Find("#Workspace option[selected]").GetAttribute("value"));
        Assert.False(first.Has("#Details"));
        Assert.False(first.Has(".error-summary"));

        var next = await visitor.OpenAsync($"{New}?Summary=How+do+I+turn+off+a+newsletter+by+mail&Workspace=billing&Type=Question");
        Assert.Contains("/o/alpine-cloud/help/my-preferences", LinksOf(next, "[aria-labelledby=articles] a"));
        Assert.Contains("/o/alpine-cloud/help/billing", LinksOf(next, "[aria-labelledby=articles] a"));
        Assert.Equal("How do I turn off a newsletter by mail", next.Find("#Summary").GetAttribute("value"));
        Assert.True(next.Find("input[value=Question]").HasAttribute("checked"));
        Assert.True(next.Has("#Details"));
    }

    [Fact]
    public async Task Without_a_summary_one_does_not_go_on()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{New}?Summary=&Workspace=no-such&Type=");

        Assert.Equal("Error: Say in one sentence what it is about.", page.TextOf("#Summary-error"));
        Assert.Equal("Error: Choose one from the list.", page.TextOf("#Workspace-error"));
        Assert.Equal("Error: Choose one from the list.", page.TextOf("#Type-error"));
        Assert.False(page.Has("#Details"));
    }

    [Fact]
    public async Task A_mistake_keeps_what_was_typed()
    {
        var visitor = await app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync($"{New}?Summary=It+is+slow&Workspace=billing&Type=Problem");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(New), ("Details", " "), ("Type", "Nonsense")));

        Assert.Equal("Error: Describe what you need.", again.TextOf("#Details-error"));
        Assert.True(again.Has("#Type-error"));
        Assert.Equal("It is slow", again.Find("#Summary").GetAttribute("value"));
        Assert.Equal("billing", again.Find("#Workspace option[selected]").GetAttribute("value"));
    }

    [Fact]
    public async Task From_asking_to_closing()
    {
        var partner = await app.SignInAsync("billing-admin");
        var address = await SubmitAsync(partner, "The statement is empty");
        var page = await partner.OpenAsync(address);
        Assert.EndsWith(": The statement is empty", page.Heading, StringComparison.Ordinal);
        Assert.Contains("It has <b>no</b> lines.", page.Find(".conversation").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Send reply", "Close the request"], page.TextsOf("[aria-labelledby=write] button"));

        await AnswerAsync(address, "Ask", "Which month?");
        var asked = await partner.OpenAsync(address);
        Assert.Equal("Waiting for partner", asked.TextOf(".facts .pill"));
        Assert.Contains("Olivia Stone", asked.TextOf(".conversation-note--program"), StringComparison.Ordinal);
        Assert.Contains("Which month?", (await partner.OpenAsync("/o/alpine-cloud/action-center?workspace=help-support")).Text, StringComparison.Ordinal);

        var silent = await partner.ReadAsync(await partner.PressAsync(Button(asked, "Reply"), ("Text", "")));
        Assert.Equal("Error: Write a message.", silent.TextOf("#Text-error"));
        var replied = await partner.FollowAsync(await partner.PressAsync(Button(silent, "Reply"), ("Text", "October.")));
        Assert.Equal("Your reply was sent.", replied.TextOf("[role=status]"));
        Assert.Equal("Open", replied.TextOf(".facts .pill"));

        await AnswerAsync(address, "Resolve", "It has lines now.");
        var resolved = await partner.OpenAsync(address);
        Assert.Equal(["Close the request", "Reopen"], resolved.TextsOf("[aria-labelledby=write] button"));
        var reopened = await partner.FollowAsync(await partner.PressAsync(Button(resolved, "Reopen"), ("Text", "It has not.")));
        Assert.Equal("Open", reopened.TextOf(".facts .pill"));

        var closed = await partner.FollowAsync(await partner.PressAsync(Button(reopened, "Close"), ("Text", "")));
        Assert.Equal("Closed", closed.TextOf(".facts .pill"));
        Assert.Equal(["Reopen"], closed.TextsOf("[aria-labelledby=write] button"));
    }

    [Fact]
    public async Task What_somebody_else_did_meanwhile_is_said_and_the_text_is_kept()
    {
        var partner = await app.SignInAsync("billing-admin");
        var address = await SubmitAsync(partner, "Two at once");
        var page = await partner.OpenAsync(address);
        await AnswerAsync(address, "Resolve", "Done.");

        var late = await partner.ReadAsync(await partner.PressAsync(Button(page, "Reply"), ("Text", "One more thing.")));

        Assert.Contains("somebody else has answered, resolved or closed it", late.TextOf("#Text-error"), StringComparison.Ordinal);
        Assert.Equal("One more thing.", late.Find("#Text").TextContent);
    }

    [Fact]
    public async Task Only_the_requester_and_who_answers_for_the_organization_see_it()
    {
        var partner = await app.SignInAsync("billing-admin");
        var address = await SubmitAsync(partner, "Not for everybody");

        foreach (var person in new[] { "newcomer", "agent", "dutch-admin" })
        {
            var other = await app.SignInAsync(person);
            Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.ReadAsync(await other.ForgeAsync(address, ("Verb", "Close")))).Status);
        }

        Assert.DoesNotContain("Not for everybody", (await (await app.SignInAsync("newcomer")).OpenAsync(Requests)).Text, StringComparison.Ordinal);
        foreach (var person in new[] { "helpdesk", "global-admin" })
        {
            var administrator = await app.SignInAsync(person);
            Assert.Contains("Not for everybody", (await administrator.OpenAsync(Requests)).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await administrator.OpenAsync(address)).Status);
        }
    }

    [Fact]
    public async Task A_partner_cannot_do_what_is_the_programs()
    {
        var partner = await app.SignInAsync("billing-admin");
        var address = await SubmitAsync(partner, "Forged");
        await partner.OpenAsync(address);

        var forged = await partner.ReadAsync(await partner.ForgeAsync(address, ("Verb", "Resolve"), ("Text", "Mine.")));
        var unknown = await partner.ReadAsync(await partner.ForgeAsync(address, ("Verb", "Explode"), ("Text", "Mine.")));

        Assert.True(forged.Has("#Text-error"));
        Assert.True(unknown.Has(".error-summary"));
        Assert.Equal("Open", (await partner.OpenAsync(address)).TextOf(".facts .pill"));
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_number_and_words()
    {
        var partner = await app.SignInAsync("referrals");
        var first = await SubmitAsync(partner, "A lead is 100% lost");
        var second = await SubmitAsync(partner, "A lead came twice");
        await AnswerAsync(second, "Ask", "Which?");

        Assert.Equal(["A lead came twice", "A lead is 100% lost"], Titles(await partner.OpenAsync(Requests)));
        Assert.Equal(["A lead is 100% lost"], Titles(await partner.OpenAsync($"{Requests}?state=Open")));
        Assert.Equal(["A lead is 100% lost"], Titles(await partner.OpenAsync($"{Requests}?words=100%25")));
        Assert.Equal(["A lead is 100% lost"], Titles(await partner.OpenAsync($"{Requests}?words=%23{first.Split('/')[^1]}")));
        Assert.Empty(Titles(await partner.OpenAsync($"{Requests}?state=Closed")));
        Assert.Equal(2, Titles(await partner.OpenAsync($"{Requests}?state=Nonsense&page=0")).Count);
    }

    [Fact]
    public async Task The_program_sees_all_organizations_and_what_waits_for_it_first()
    {
        var dutch = await app.SignInAsync("dutch-admin");
        var address = await SubmitAsync(dutch, "Een vraag", "lowland-digital");
        var (desk, operatorAddress) = await DeskAsync(address);

        var list = await desk.OpenAsync("/operator/support-requests?words=Een+vraag");
        Assert.Contains("Lowland Digital", list.TextOf("tbody"), StringComparison.Ordinal);
        var states = (await desk.OpenAsync("/operator/support-requests")).TextsOf("main tbody .pill");
        Assert.Equal(states.OrderBy(state => state != "Open"), states);
        Assert.Contains("Resolved", states);
        var page = await desk.OpenAsync(operatorAddress);
        Assert.Equal(["Send answer", "Ask the partner", "Resolve"], page.TextsOf("[aria-labelledby=write] button"));
        var forged = await desk.ReadAsync(await desk.ForgeAsync(operatorAddress, ("Verb", "Close"), ("Text", "x")));
        Assert.True(forged.Has("#Text-error"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.OpenAsync("/operator/support-requests/999999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.ReadAsync(await desk.ForgeAsync("/operator/support-requests/999999", ("Verb", "Answer"), ("Text", "x")))).Status);
    }

    [Fact]
    public async Task Only_operators_answer_for_the_program()
    {
        var partner = await app.SignInAsync("global-admin");
        var address = await SubmitAsync(partner, "Mine");
        var desk = $"/operator/support-requests/{address.Split('/')[^1]}";

        Assert.Equal(HttpStatusCode.Forbidden, (await partner.OpenAsync("/operator/support-requests")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await partner.OpenAsync(desk)).Status);
        await partner.OpenAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, (await partner.ReadAsync(await partner.ForgeAsync(desk, ("Verb", "Resolve"), ("Text", "x")))).Status);
    }

    [Fact]
    public async Task The_help_menu_leads_to_a_request_about_the_workspace_at_hand()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var workspace = await visitor.OpenAsync("/o/alpine-cloud/workspaces/billing");
        var home = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.True(workspace.Has($"header a[href='{New}?workspace=billing']"));
        Assert.True(home.Has($"header a[href='{New}']"));
        Assert.True(home.Has($"header a[href='{Requests}']"));
    }

    private static async Task<string> SubmitAsync(Visitor visitor, string summary, string organization = "alpine-cloud")
    {
        var address = $"/o/{organization}/help-support/requests/new";
        var page = await visitor.OpenAsync($"{address}?Summary={Uri.EscapeDataString(summary)}&Workspace=account-settings&Type=Problem");
        return (await visitor.PressAsync(page.ButtonOf(address), ("Details", "It has <b>no</b> lines."))).LocationOf();
    }

    private async Task<(Visitor Desk, string Address)> DeskAsync(string address) =>
        (await app.SignInAsync("operator"), $"/operator/support-requests/{address.Split('/')[^1]}");

    private async Task AnswerAsync(string address, string verb, string text)
    {
        var (desk, operatorAddress) = await DeskAsync(address);
        var page = await desk.OpenAsync(operatorAddress);
        Assert.True((await desk.FollowAsync(await desk.PressAsync(Button(page, verb), ("Text", text)))).Has("[role=status]"));
    }

    private static AngleSharp.Dom.IElement Button(Page page, string verb) => page.Find($"main button[name=Verb][value={verb}]");

    private static IReadOnlyList<string> Titles(Page page) => page.TextsOf("main tbody th");

    private static IEnumerable<string?> LinksOf(Page page, string selector) => page.FindAll(selector).Select(link => link.GetAttribute("href"));
}
