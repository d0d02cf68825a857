using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Demo;

/// <summary>What the demo's people have asked the program so far.</summary>
internal static class DemoSupport
{
    private const string Operator = "Olivia Stone";

    /// <param name="memberOf">Finds a member by the key of the person.</param>
    /// <param name="now">The time in UTC.</param>
    public static IEnumerable<SupportRequest> All(Func<string, Membership> memberOf, DateTime now)
    {
        var statement = new SupportRequest(
            memberOf("billing-admin"),
            new(
                "The statement of last month has no lines",
                WorkspaceCatalogue.Billing,
                SupportRequestType.Problem,
                "I opened the statement of last month, and the table is empty. The total is there, and the month before looks fine.\n\nI need the lines to book them."),
            now.AddDays(-3));
        statement.Use(SupportVerb.Answer, SupportSide.Program, Operator, "Thank you. We see it, too, and are looking for the cause.", now.AddDays(-2));
        yield return statement;

        var roles = new SupportRequest(
            memberOf("helpdesk"),
            new(
                "Who may see security alerts?",
                WorkspaceCatalogue.Insights,
                SupportRequestType.Question,
                "A customer asks us who of us reads their security alerts. Which role is it?"),
            now.AddDays(-9));
        roles.Use(SupportVerb.Ask, SupportSide.Program, Operator, "Do you mean reading them, or handling them?", now.AddDays(-8));
        roles.Use(SupportVerb.Reply, SupportSide.Partner, "Dario Frei", "Reading them.", now.AddDays(-7));
        roles.Use(
            SupportVerb.Resolve,
            SupportSide.Program,
            Operator,
            "Security readers and security administrators read them. Permissions shows who that is at your organization.",
            now.AddDays(-6));
        yield return roles;

        yield return new SupportRequest(
            memberOf("dutch-admin"),
            new(
                "Kan de prijslijst ook als bestand?",
                WorkspaceCatalogue.Pricing,
                SupportRequestType.Idea,
                "Wij zouden de prijslijst graag elke maand inlezen in ons eigen systeem."),
            now.AddDays(-1));
    }
}
