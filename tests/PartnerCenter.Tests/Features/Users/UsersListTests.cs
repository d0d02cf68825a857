using System.Net;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Tests.Features.Users.People;

namespace PartnerCenter.Tests.Features.Users;

public sealed class UsersListTests(PortalApp app) : IClassFixture<PortalApp>
{
    // Who was there before the tests added anybody.
    private const string FromTheDemo = "text=demo.example";

    private static readonly string Users = ListOf(Alpine);

    [Fact]
    public async Task Whoever_may_give_roles_chooses_people_in_the_list_and_others_cannot()
    {
        await app.InvitePersonAsync("Chosen Cho");
        await app.AddPersonAsync("Chosen Gone", member => member.Remove(app.Now()));
        var (admin, viewer) = (await app.SignInAsync("global-admin"), await app.SignInAsync("newcomer"));

        var page = await admin.OpenAsync($"{ListOf(Alpine)}?text=demo.example");
        var chosen = page.FindAll("tbody input[type=checkbox]").Take(2).Select(box => box.GetAttribute("value")).ToList();
        var roles = await admin.OpenAsync($"{page.Find("form#choose-users").GetAttribute("action")}?member={chosen[0]}&member={chosen[1]}");

        Assert.All(page.FindAll("tbody input[type=checkbox]"), box => Assert.Equal("choose-users", box.GetAttribute("form")));
        Assert.Equal(chosen, roles.FindAll("input[name=Member]").Select(field => field.GetAttribute("value")));
        Assert.Empty((await admin.OpenAsync($"{ListOf(Alpine)}?status=removed")).FindAll("tbody input[type=checkbox]"));
        Assert.False((await viewer.OpenAsync(ListOf(Alpine))).Has("#choose-users"));
    }

    [Fact]
    public async Task A_member_without_the_right_finds_the_administrators_and_how_to_reach_them()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(Users);

        Assert.Equal(["Anna Winter", "Elena Roth", "Mila Jansen"], page.TextsOf("tbody th"));
        Assert.Equal(["Global admin", "Security administrator", "Account admin"], page.TextsOf("tbody td:nth-child(3)"));
        Assert.True(page.Has("tbody a[href='mailto:global-admin@demo.example']"));
        Assert.False(page.Has("tbody th a"));
        Assert.False(page.Has("a[download]"));
        Assert.Equal(["filter-admin"], page.FindAll("main select").Select(select => select.Id));
    }

    [Theory]
    [InlineData("role=compliance_admin")]
    [InlineData("workspace=membership")]
    [InlineData("status=removed")]
    [InlineData("guest=true")]
    [InlineData("contact=bounced")]
    public async Task A_member_without_the_right_gets_no_more_by_asking_in_the_address(string filter)
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync($"{Users}?{filter}");

        Assert.Equal(["Anna Winter", "Elena Roth", "Mila Jansen"], page.TextsOf("tbody th"));
        Assert.False(page.Has(".chip"));
    }

    [Fact]
    public async Task Whoever_sees_the_roles_of_members_sees_everybody()
    {
        var visitor = await app.SignInAsync("program-admin");

        var page = await visitor.OpenAsync($"{Users}?{FromTheDemo}");

        Assert.Equal("9 people", page.TextOf("caption"));
        Assert.Equal("Elena Roth You", page.TextsOf("tbody th")[4]);
        Assert.Equal("Program admin, Compliance admin +1 and also Security administrator", page.TextsOf("tbody td:nth-child(3)")[4]);
        Assert.False(page.Has("a[href$='/users/add']"));
        Assert.True(page.Has("a[download]"));
    }

    [Theory]
    [InlineData("admin=any", "Anna Winter", "Elena Roth", "Mila Jansen")]
    [InlineData("admin=account_admin", "Mila Jansen")]
    [InlineData("role=sales_agent", "Carla Moser")]
    [InlineData("admin=any&role=compliance_admin", "Elena Roth")]
    [InlineData("workspace=billing", "Anna Winter", "Ben Keller", "Carla Moser", "Dario Frei")]
    [InlineData("guest=true", "Gita Rao")]
    [InlineData("guest=false&role=business_profile_admin")]
    [InlineData("contact=verified")]
    [InlineData("status=invited")]
    public async Task Each_filter_lets_through_whom_it_names(string filter, params string[] names)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?{filter}&{FromTheDemo}");

        Assert.Equal(names, page.FindAll("tbody th a").Select(link => link.TextContent));
        Assert.Equal(filter.Split('&').Length + 1, page.FindAll(".chip").Count);
    }

    [Fact]
    public async Task A_workspace_of_every_member_is_open_to_everybody_who_is_active()
    {
        var blocked = await app.AddPersonAsync("Ulla Kept-Out", member => member.Disable(app.Now()));
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?workspace=help-support&size=100");

        Assert.Contains("Noa Lind", page.TextsOf("tbody th"));
        Assert.False(page.Has($"a[href='{Users}/{blocked}']"));
    }

    [Fact]
    public async Task The_state_of_the_contact_address_is_a_filter_and_is_shown()
    {
        await app.AddPersonAsync("Reachable Rita", member => member.UseVerifiedContact("rita@elsewhere.example"));
        await app.AddPersonAsync("Bounced Bert", member => SetContact(member, ContactState.Bounced));
        await app.AddPersonAsync("Changing Chris", member =>
        {
            member.UseVerifiedContact("chris@old.example");
            member.AwaitContact("chris@new.example", app.Now().AddTicks(1));
        });
        await app.AddPersonAsync("Late Lars", member => member.AwaitContact("lars@new.example", app.Now()));
        var visitor = await app.SignInAsync("global-admin");

        var verified = await visitor.OpenAsync($"{Users}?contact=verified");
        var bounced = await visitor.OpenAsync($"{Users}?contact=bounced");

        Assert.Equal(["Reachable Rita"], verified.TextsOf("tbody th"));
        Assert.True(verified.Has("tbody a[href='mailto:rita@elsewhere.example']"));
        Assert.Equal(["Bounced Bert"], bounced.TextsOf("tbody th"));
        Assert.Equal("Contact address bounced", bounced.TextOf("tbody .pill--warning"));
        var pending = await visitor.OpenAsync($"{Users}?contact=pending");
        Assert.Equal(["Changing Chris"], pending.TextsOf("tbody th"));
        Assert.True(pending.Has("tbody a[href='mailto:chris@old.example']"));
        Assert.DoesNotContain("chris@new.example", pending.Html, StringComparison.Ordinal);
        var expired = await visitor.OpenAsync($"{Users}?contact=expired");
        Assert.Equal(["Late Lars"], expired.TextsOf("tbody th"));
        Assert.Equal("Not confirmed in time", expired.TextOf("tbody td[data-label=Address] .pill"));
    }

    [Fact]
    public async Task People_who_were_removed_are_hidden_until_the_filter_asks_and_while_they_can_be_brought_back()
    {
        await app.AddPersonAsync("Lately Gone", member => member.Remove(app.Now().AddDays(-29)));
        await app.AddPersonAsync("Long Gone", member => member.Remove(app.Now().AddDays(-30)));
        await app.InvitePersonAsync("Never Came", member => member.Withdraw(app.Now()));
        var visitor = await app.SignInAsync("global-admin");

        var all = await visitor.OpenAsync($"{Users}?size=100");
        var removed = await visitor.OpenAsync($"{Users}?status=removed");

        Assert.DoesNotContain("Gone", all.Text, StringComparison.Ordinal);
        Assert.Equal(["Lately Gone"], removed.TextsOf("tbody th"));
        Assert.Equal("Removed", removed.TextOf("tbody .pill--removed"));
    }

    [Fact]
    public async Task Somebody_who_was_asked_and_has_not_answered_is_an_address_and_not_a_name()
    {
        var id = await app.InvitePersonAsync("Wilhelmina Unknown-Here");
        var visitor = await app.SignInAsync("global-admin");

        var list = await visitor.OpenAsync($"{Users}?status=invited&size=100");
        var byName = await visitor.OpenAsync($"{Users}?text=Wilhelmina");
        var details = await visitor.OpenAsync($"{Users}/{id}");
        var export = await (await visitor.GetAsync($"{Users}/export.csv?status=invited")).Content.ReadAsStringAsync();

        Assert.EndsWith("@people.example", list.TextOf($"tbody a[href='{Users}/{id}']"), StringComparison.Ordinal);
        Assert.False(byName.Has("table"));
        foreach (var text in new[] { list.Html, details.Html, export })
            Assert.DoesNotContain("Wilhelmina", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_has_expired_says_so()
    {
        var id = await app.InvitePersonAsync("Late Lars", member => member.InviteAgain("Anna Winter", app.Now().AddDays(-14)));
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?status=invited&size=100");

        var row = page.FindAll("tbody tr").Single(row => row.QuerySelector($"a[href='{Users}/{id}']") is not null);
        Assert.Equal("Invitation expired", row.QuerySelector(".pill--invited")!.TextContent);
        Assert.Equal("Invitation expired", (await visitor.OpenAsync($"{Users}/{id}")).TextOf(".pill--invited"));
    }

    [Theory]
    [InlineData("ZOË", "Zoë d'Été-Öz")]
    [InlineData("zoë", "Zoë d'Été-Öz")]
    [InlineData("été-öz", "Zoë d'Été-Öz")]
    [InlineData("100%", "Hundred 100% _[sure]_")]
    [InlineData("_[SURE]_", "Hundred 100% _[sure]_")]
    [InlineData("%_%")]
    [InlineData("1_0")]
    [InlineData("\\")]
    public async Task Text_finds_a_part_of_the_name_and_no_character_means_anything_else(string text, params string[] names)
    {
        await AddOnceAsync("Zoë d'Été-Öz");
        await AddOnceAsync("Hundred 100% _[sure]_");
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?text={Uri.EscapeDataString(text)}");

        Assert.Equal(names, page.TextsOf("tbody th"));
    }

    [Fact]
    public async Task What_the_address_says_wrongly_counts_as_not_said()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(
            $"{Users}?admin=billing_admin&role=default_user&workspace=nowhere&status=99&guest=perhaps&contact=7&sort=42&size=7&page=-3&text=%20");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Has(".chip"));
        Assert.Equal("ascending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.False(page.Has(".error-summary"));
    }

    [Fact]
    public async Task A_chip_takes_its_filter_away_and_leaves_the_others()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?admin=any&guest=false&sort=joined&descending=true");

        Assert.Equal(
            ["Type of administrator: Any administrator – remove this filter", "Guests: Without guests – remove this filter"], page.TextsOf(".chip"));
        Assert.Equal(
            ["?guest=false&sort=joined&descending=true", "?admin=any&sort=joined&descending=true"],
            page.FindAll(".chip").Select(chip => chip.GetAttribute("href")));
        Assert.True(page.Has($".chips a[href='{Users}']"));
    }

    [Fact]
    public async Task The_form_keeps_what_was_chosen_and_asks_for_the_type_of_administrator_first()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?admin=account_admin&workspace=billing&text=mila&sort=address");

        Assert.Equal(
            ["filter-admin", "filter-role", "filter-workspace", "filter-status", "filter-guest", "filter-contact"],
            page.FindAll("main select").Select(select => select.Id));
        Assert.Equal(
            ["All", "Any administrator", "Global admin", "User management admin", "Account admin", "Security administrator", "Owner", "Manager"],
            page.TextsOf("#filter-admin option"));
        Assert.Equal(["Account admin", "Billing"], page.TextsOf("main option[selected]"));
        Assert.Equal("mila", page.Find("#filter-text").GetAttribute("value"));
        Assert.Equal("address", page.Find("main input[name=sort]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("sort=name", "Name", "ascending", "Anna Winter", "Noa Lind")]
    [InlineData("sort=name&descending=true", "Name", "descending", "Noa Lind", "Anna Winter")]
    [InlineData("sort=address", "Address", "ascending", "Carla Moser", "Mila Jansen")]
    [InlineData("sort=status", "Member status", "ascending", "Anna Winter", "Mila Jansen")]
    [InlineData("sort=joined&descending=true", "Member since", "descending", "Anna Winter", "Mila Jansen")]
    public async Task A_column_sorts_the_list_and_says_so(string sort, string column, string direction, string first, string last)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?{FromTheDemo}&{sort}");

        var header = page.Find("th[aria-sort]");
        Assert.Equal((column, direction), (header.TextContent.Trim(), header.GetAttribute("aria-sort")));
        var names = page.FindAll("tbody th a").Select(link => link.TextContent).ToList();
        Assert.Equal((first, last), (names[0], names[^1]));
    }

    [Fact]
    public async Task Names_are_in_order_whatever_the_case_of_their_letters()
    {
        foreach (var name in new[] { "van Order, Ada", "Van order, Bea", "VAN ORDER, Cleo" })
            await AddOnceAsync(name);
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?text=van+order");

        Assert.Equal(["van Order, Ada", "Van order, Bea", "VAN ORDER, Cleo"], page.TextsOf("tbody th"));
    }

    [Fact]
    public async Task The_column_that_sorts_turns_round_and_keeps_the_filter()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?{FromTheDemo}&size=50");

        Assert.Equal(
            [
                "?text=demo.example&sort=name&descending=true&size=50", "?text=demo.example&sort=address&size=50",
                "?text=demo.example&sort=status&size=50", "?text=demo.example&sort=joined&size=50",
            ],
            page.FindAll("thead a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_of_the_size_that_was_chosen()
    {
        for (var number = 1; number <= 30; number++)
            await AddOnceAsync($"Crowd {number:00}");
        var visitor = await app.SignInAsync("global-admin");

        var first = await visitor.OpenAsync($"{Users}?text=crowd");
        var second = await visitor.OpenAsync(Users + first.Find("a[rel=next]").GetAttribute("href"));
        var beyond = await visitor.OpenAsync($"{Users}?text=crowd&page=99");
        var whole = await visitor.OpenAsync($"{Users}?text=crowd&size=50");

        Assert.Equal("1–25 of 30 people", first.TextOf("caption"));
        Assert.Equal(["25", "50", "100"], first.TextsOf("nav[aria-labelledby=sizes] a"));
        Assert.Equal("26–30 of 30 people", second.TextOf("caption"));
        Assert.Equal("Crowd 26", second.TextsOf("tbody th")[0]);
        Assert.False(second.Has("a[rel=next]"));
        Assert.Equal("26–30 of 30 people", beyond.TextOf("caption"));
        Assert.Equal("30 people", whole.TextOf("caption"));
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Users}?text=nobody-is-called-that");

        Assert.Equal("Nobody matches all of these filters. Remove one of them, or clear them all.", page.TextOf(".empty"));
        Assert.False(page.Has("table"));
    }

    [Fact]
    public async Task A_hostile_name_is_text()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'&";
        var id = await app.AddPersonAsync(Hostile);
        var visitor = await app.SignInAsync("global-admin");

        var list = await visitor.OpenAsync($"{Users}?text=onerror");
        var details = await visitor.OpenAsync($"{Users}/{id}");

        Assert.Equal([Hostile], list.TextsOf("tbody th"));
        Assert.Equal(Hostile, details.Heading);
        Assert.False(list.Has("img[src=x]") || details.Has("img[src=x]"));
    }

    [Fact]
    public async Task A_dutch_administrator_reads_it_in_dutch()
    {
        var visitor = await app.SignInAsync("dutch-admin");

        var page = await visitor.OpenAsync($"{ListOf(Lowland)}?admin=any");

        Assert.Equal(("nl", "Gebruikersbeheer"), (page.Language, page.Heading));
        Assert.Equal("2 personen", page.TextOf("caption"));
        Assert.Equal("Type beheerder: Elke beheerder – dit filter verwijderen", page.TextOf(".chip"));
    }

    private static void SetContact(Membership member, ContactState state)
    {
        member.UseVerifiedContact("bert@elsewhere.example");
        typeof(Membership).GetProperty(nameof(Membership.ContactState))!.SetValue(member, state);
    }

    // A theory has this class, and so its people, more than once.
    private async Task AddOnceAsync(string name)
    {
        if (!await app.InDatabaseAsync(db => Task.FromResult(db.People.Any(person => person.Name == name))))
            await app.AddPersonAsync(name);
    }
}
