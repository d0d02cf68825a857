using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

/// <summary>
/// What belongs to another organization, asked for by its real id below one's own (abuse cases 1 and 32): the same page as for an id that
/// nothing has, no word of what is there, and nothing changed.
/// </summary>
public sealed class ForeignIdsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Own = "/o/{organization}";
    private const string Settings = $"{Own}/account-settings";
    private const int Nobody = 999_999;

    // Marks what is planted in the other organization, and nothing of the demo.
    private const string Canary = "Kanarek";

    [Theory]
    [InlineData("global-admin")]
    [InlineData("two-directories")]
    public async Task An_id_of_another_organization_is_like_one_that_nothing_has(string person)
    {
        var foreign = await PlantAsync();
        var visitor = await app.SignInAsync(person);
        await visitor.OpenAsync("/o/alpine-cloud");
        var before = await app.InDatabaseAsync(RowsAsync);
        var wrong = new List<string>();
        var routes = WithId().ToList();

        foreach (var (method, template) in routes)
        {
            var theirs = await AskAsync(visitor, method, template, foreign.IdFor(template), foreign.Item);
            var nothing = await AskAsync(visitor, method, template, Nobody, Nobody);
            if (theirs.Status != nothing.Status || theirs.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden) || Anonymous.Html(theirs) != Anonymous.Html(nothing))
                wrong.Add($"{method} {template} answered {theirs.Status}, and {nothing.Status} for nothing");
        }

        Assert.Empty(wrong);
        Assert.InRange(routes.Count, 30, 200);
        Assert.Equal(before, await app.InDatabaseAsync(RowsAsync));
    }

    [Theory]
    [InlineData("global-admin")]
    [InlineData("newcomer")]
    public async Task No_page_or_export_tells_of_another_organization(string person)
    {
        await PlantAsync();
        var visitor = person == "newcomer" ? await app.ArriveAsync(person) : await app.SignInAsync(person);
        var told = new List<string>();

        foreach (var (_, endpoint) in Routes.Actions(app).Where(route => route.Method == "GET" && Routes.TemplateOf(route.Endpoint).StartsWith("/o/", StringComparison.Ordinal)))
        {
            foreach (var query in new[] { "", $"?q={Canary}", $"?search={Canary}", $"?name={Canary}" })
            {
                var answer = await visitor.GetAsync(Routes.AddressOf(endpoint) + query);
                var words = await answer.Content.ReadAsStringAsync();
                if (words.Contains($"{Canary} ", StringComparison.Ordinal))
                    told.Add($"{Routes.AddressOf(endpoint)}{query}");
            }
        }

        Assert.Empty(told);
    }

    private static async Task<Page> AskAsync(Visitor visitor, string method, string template, long id, long item)
    {
        var address = template
            .Replace("{organization}", "alpine-cloud", StringComparison.Ordinal)
            .Replace("{id:int}", $"{id}", StringComparison.Ordinal)
            .Replace("{id:long}", $"{id}", StringComparison.Ordinal)
            .Replace("{item:int}", $"{item}", StringComparison.Ordinal);
        return await visitor.ReadAsync(method == "GET" ? await visitor.GetAsync(address) : await visitor.ForgeAsync(address));
    }

    // Every row of every table but the session of whoever asks.
    private static async Task<Dictionary<string, string>> RowsAsync(PartnerCenterDb db)
    {
        var rows = new Dictionary<string, string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Where(type => type.ClrType != typeof(SignInSession)).Select(type => type.GetTableName()!).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var text = new System.Text.StringBuilder();
            while (await reader.ReadAsync())
                text.AppendJoin('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)).AppendLine();
            rows[table] = text.ToString();
        }

        return rows;
    }

    private IEnumerable<(string Method, string Template)> WithId() => Routes.Actions(app)
        .Select(route => (route.Method, Template: Routes.TemplateOf(route.Endpoint)))
        .Where(route => route.Template.StartsWith(Own, StringComparison.Ordinal) && route.Template.Contains("{id:", StringComparison.Ordinal));

    private Task<Foreign> PlantAsync() => app.InDatabaseAsync(async db =>
    {
        var now = app.Clock.Now;
        var organization = await db.Organizations.Include(row => row.Locations).SingleAsync(row => row.Key == "harbor-apps");
        var member = new Membership(organization, new Person($"{Canary} Person", $"kanarek-{Guid.NewGuid():N}@harbor.example"), now);
        var grant = member.Grant(RoleCatalogue.Marketer, $"{Canary} Granter", now);
        var location = new Location($"{Canary} Quay", $"{Canary} City", "NL");
        organization.Locations.Add(location);
        db.Add(member);
        await db.SaveChangesAsync();

        var request = AccessRequest.ForRole(member, RoleCatalogue.Developer, $"{Canary} reason", until: null, now);
        var review = new AccessReview(organization.Id, RoleCatalogue.Marketer.Key, workspace: null, $"{Canary} Starter", now);
        review.Add(member, grant);
        var support = new SupportRequest(member, new SupportRequestDraft($"{Canary} summary", "help-support", SupportRequestType.Question, $"{Canary} details"), now);
        db.AddRange(request, review, support);
        await db.SaveChangesAsync();
        var communication = await app.PublishAsync(Drafts.RecommendedAction("marketer") with
        {
            Organizations = ["harbor-apps"],
            Content = Drafts.English($"{Canary} title", $"{Canary} body"),
        });
        return new Foreign(member.Id, location.Id, request.Id, review.Id, review.Items.Single().Id, support.Id, communication);
    });

    private sealed record Foreign(int Member, int Location, int Request, int Review, int Item, int Support, long Communication)
    {
        /// <exception cref="InvalidOperationException">A new kind of id: plant one of them, and say here which address it belongs to.</exception>
        public long IdFor(string template) => Rows.FirstOrDefault(row => template.StartsWith(row.Prefix, StringComparison.Ordinal)) is { Prefix: not null } row
            ? row.Id
            : throw new InvalidOperationException($"No foreign id is known for {template}.");

        private (string Prefix, long Id)[] Rows =>
        [
            ($"{Settings}/users/{{id", Member),
            ($"{Settings}/organization/locations/{{id", Location),
            ($"{Settings}/access-requests/{{id", Request),
            ($"{Own}/my-access/requests/{{id", Request),
            ($"{Settings}/access-reviews/{{id", Review),
            ($"{Own}/help-support/requests/{{id", Support),
            ($"{Own}/action-center/{{id", Communication),
        ];
    }
}
