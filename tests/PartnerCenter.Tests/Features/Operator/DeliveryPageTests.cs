using System.Net;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Operator;

public sealed class DeliveryPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task It_counts_what_became_of_the_mails_and_who_read_and_completed_it()
    {
        var visitor = await app.SignInAsync("operator");
        var promotion = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.PromotionalNotification, "A fair", RoleCatalogue.GlobalAdmin) with { Roles = ["global_admin", "billing_admin"] });
        var action = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "A duty", RoleCatalogue.GlobalAdmin));
        var reader = await app.SignInAsync("global-admin");
        await reader.OpenAsync($"/o/alpine-cloud/action-center/{promotion}");
        await app.SendMailsAsync();
        await reader.PressAsync((await reader.OpenAsync($"/o/alpine-cloud/action-center/{action}")).ButtonOf($"/o/alpine-cloud/action-center/{action}/complete"));

        var ofPromotion = await visitor.OpenAsync($"/operator/communications/{promotion}");
        var ofAction = await visitor.OpenAsync($"/operator/communications/{action}");

        Assert.Equal(["Sent 1", "Not sent 1", "Members who opened it 1", "Completions 0"], Facts(ofPromotion));
        Assert.Equal("1 × The recipient had turned off emails of this kind.", ofPromotion.TextOf("section[aria-labelledby=delivery] li"));
        Assert.Equal(["Sent 1", "Members who opened it 1", "Completions 1"], Facts(ofAction));
    }

    [Fact]
    public async Task Until_everybody_is_considered_it_says_that_the_numbers_grow()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Just now", RoleCatalogue.GlobalAdmin));

        var before = await visitor.OpenAsync($"/operator/communications/{id}");
        await app.FanOutAsync();
        var after = await visitor.OpenAsync($"/operator/communications/{id}");

        Assert.Equal("Members are still being considered; the numbers grow.", before.TextOf("section[aria-labelledby=delivery] p.quiet"));
        Assert.Equal("Every addressed member has been considered.", after.TextOf("section[aria-labelledby=delivery] p.quiet"));
        Assert.Equal("Waiting 1", Facts(after)[0]);
    }

    [Fact]
    public async Task It_shows_the_text_in_every_language()
    {
        var visitor = await app.SignInAsync("operator");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "A title", RoleCatalogue.GlobalAdmin) with { Content = Drafts.EnglishAndDutch(new("A title", "What it is about."), new("Een titel", "Waar het over gaat.")) });

        var page = await visitor.OpenAsync($"/operator/communications/{id}");

        Assert.Equal("A title", page.TextOf("section[lang=en] h2"));
        Assert.Equal("Een titel", page.TextOf("section[lang=nl] h2"));
    }

    [Fact]
    public async Task One_that_does_not_exist_is_not_there()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await visitor.OpenAsync("/operator/communications/999999");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    private static List<string> Facts(Page page) =>
        [.. page.TextsOf("section[aria-labelledby=delivery] dt").Zip(page.TextsOf("section[aria-labelledby=delivery] dd"), (term, value) => $"{term} {value}")];
}
