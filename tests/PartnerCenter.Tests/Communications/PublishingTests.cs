using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Communications;

public sealed class PublishingTests
{
    private static readonly DateTime Now = FixedTime.Start;
    private static readonly PublishingGrant Unlimited = new("The program");

    private static readonly DraftNames Names = new(
        new Dictionary<string, int> { ["alpine-cloud"] = 12, ["lowland-digital"] = 13 },
        MembershipOrganization: null);

    private static readonly DraftNames NamesWithMembership = Names with { MembershipOrganization = KeyValuePair.Create("alpine-cloud", 12) };

    [Theory]
    [InlineData(CommunicationKind.MandatoryAction)]
    [InlineData(CommunicationKind.RecommendedAction)]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public void Nothing_is_wrong_with_the_draft_that_the_other_tests_change(CommunicationKind kind) =>
        Assert.Empty(Check(Drafts.Of(kind)));

    [Fact]
    public void An_empty_draft_is_told_everything_that_it_needs_at_once()
    {
        var problems = Check(new CommunicationDraft());

        Assert.Equal(["workspace", "kind", "audience", "content.en"], problems.Select(problem => problem.Field));
    }

    // Workspace and kind

    [Theory]
    [InlineData(null, "Reason.Missing")]
    [InlineData("", "Reason.Missing")]
    [InlineData("hardware", "Reason.UnknownWorkspace")]
    [InlineData("Billing", "Reason.UnknownWorkspace")]
    public void A_workspace_must_be_known(string? workspace, string reason) =>
        AssertOnly("workspace", reason, Check(Drafts.MandatoryAction() with { Workspace = workspace }));

    [Fact]
    public void A_workspace_that_the_operator_added_is_known()
    {
        var workspaces = new WorkspaceCatalogue([.. WorkspaceCatalogue.BuiltIn.All, new Workspace("hardware", "grid", [])]);

        var problems = Publishing.Check(Drafts.MandatoryAction() with { Workspace = "hardware" }, Names, Unlimited, workspaces, Now);

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(null, "Reason.Missing")]
    [InlineData("", "Reason.Missing")]
    [InlineData("newsletter", "Reason.UnknownKind")]
    [InlineData("account-mail", "Reason.UnknownKind")]
    public void A_kind_must_be_one_that_can_be_published(string? kind, string reason) =>
        AssertOnly("kind", reason, Check(Drafts.MandatoryAction() with { Kind = kind }));

    [Theory]
    [InlineData(CommunicationKind.MandatoryAction)]
    [InlineData(CommunicationKind.RecommendedAction)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public void Only_transactional_notifications_are_required_by_agreement(CommunicationKind kind) =>
        AssertOnly("requiredByAgreement", "Reason.AgreementOnlyOnTransactional", Check(Drafts.Of(kind) with { RequiredByAgreement = true }));

    [Fact]
    public void A_transactional_notification_may_be_required_by_agreement() =>
        Assert.Empty(Check(Drafts.TransactionalNotification() with { RequiredByAgreement = true }));

    // Audience

    [Fact]
    public void An_audience_must_be_given() =>
        AssertOnly("audience", "Reason.AudienceMissing", Check(Drafts.MandatoryAction() with { Roles = [] }));

    [Fact]
    public void Organizations_without_roles_are_no_audience() =>
        AssertOnly("audience", "Reason.AudienceMissing", Check(Drafts.MandatoryAction() with { Roles = [], Organizations = ["alpine-cloud"] }));

    [Fact]
    public void An_audience_is_roles_or_a_membership_and_not_both() =>
        AssertOnly("audience", "Reason.AudienceTwice", Check(Drafts.MandatoryAction() with { Membership = 7 }, NamesWithMembership));

    [Fact]
    public void A_membership_has_its_organization_already() =>
        AssertOnly(
            "audience",
            "Reason.AudienceTwice",
            Check(Drafts.MandatoryAction().ForMembership(7) with { Organizations = ["alpine-cloud"] }, NamesWithMembership));

    [Fact]
    public void Every_unknown_role_is_named()
    {
        var problems = Check(Drafts.MandatoryAction("billing_admin", "sultan", "Owner"));

        Assert.All(problems, problem => Assert.Equal("audience.roles", problem.Field));
        Assert.Equal([Reasons.UnknownRole("sultan"), Reasons.UnknownRole("Owner")], problems.Select(problem => problem.Reason), SameSentence);
    }

    [Fact]
    public void Roles_are_counted()
    {
        var most = Drafts.MandatoryAction([.. Enumerable.Repeat("owner", Publishing.MostRoles)]);

        var within = Check(most);
        var beyond = Check(most with { Roles = [.. most.Roles, "owner"] });

        Assert.Empty(within);
        AssertOnly("audience.roles", "Reason.TooMany", beyond);
    }

    [Fact]
    public void Every_unknown_organization_is_named()
    {
        var problems = Check(Drafts.MandatoryAction() with { Organizations = ["alpine-cloud", "nobody", "Alpine-Cloud"] });

        Assert.All(problems, problem => Assert.Equal("audience.organizations", problem.Field));
        Assert.Equal(
            [Reasons.UnknownOrganization("nobody"), Reasons.UnknownOrganization("Alpine-Cloud")],
            problems.Select(problem => problem.Reason),
            SameSentence);
    }

    [Fact]
    public void An_empty_list_of_organizations_does_not_mean_all() =>
        AssertOnly("audience.organizations", "Reason.Missing", Check(Drafts.MandatoryAction() with { Organizations = [] }));

    [Fact]
    public void Organizations_are_counted()
    {
        var most = Drafts.MandatoryAction() with { Organizations = [.. Enumerable.Repeat("alpine-cloud", Publishing.MostOrganizations)] };

        var within = Check(most);
        var beyond = Check(most with { Organizations = [.. most.Organizations!, "alpine-cloud"] });

        Assert.Empty(within);
        AssertOnly("audience.organizations", "Reason.TooMany", beyond);
    }

    [Fact]
    public void A_membership_must_be_known()
    {
        var problem = AssertOnly("audience.membership", "Reason.UnknownMembership", Check(Drafts.MandatoryAction().ForMembership(7)));

        Assert.Equal([7], problem.Reason.Arguments);
    }

    // Due date

    [Fact]
    public void A_mandatory_action_needs_a_due_date() =>
        AssertOnly("dueInDays", "Reason.DueDateMissing", Check(Drafts.MandatoryAction() with { DueInDays = null }));

    [Fact]
    public void A_recommended_action_may_have_a_due_date() =>
        Assert.Empty(Check(Drafts.RecommendedAction() with { DueInDays = 7 }));

    [Fact]
    public void A_due_date_is_given_in_one_way() =>
        AssertOnly("dueAt", "Reason.DueDateTwice", Check(Drafts.MandatoryAction() with { DueInDays = 30, DueAt = Now.AddDays(30) }));

    [Theory]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public void A_notification_is_never_due(CommunicationKind kind)
    {
        AssertOnly("dueInDays", "Reason.DueDateOnNotification", Check(Drafts.Of(kind) with { DueInDays = 30 }));
        AssertOnly("dueAt", "Reason.DueDateOnNotification", Check(Drafts.Of(kind) with { DueAt = Now.AddDays(30) }));
    }

    [Theory]
    [InlineData(int.MinValue, false)]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(730, true)]
    [InlineData(731, false)]
    [InlineData(int.MaxValue, false)]
    public void Due_in_days_is_from_tomorrow_to_two_years(int days, bool isAllowed)
    {
        var problems = Check(Drafts.MandatoryAction() with { DueInDays = days });

        if (isAllowed)
            Assert.Empty(problems);
        else
            Assert.Equal([1, 730], AssertOnly("dueInDays", "Reason.OutOfRange", problems).Reason.Arguments);
    }

    [Fact]
    public void A_due_date_lies_in_the_future()
    {
        var draft = Drafts.MandatoryAction() with { DueInDays = null };

        AssertOnly("dueAt", "Reason.DueDateInThePast", Check(draft with { DueAt = Now.AddYears(-1) }));
        AssertOnly("dueAt", "Reason.DueDateInThePast", Check(draft with { DueAt = Now }));
        Assert.Empty(Check(draft with { DueAt = Now.AddTicks(1) }));
    }

    [Fact]
    public void A_due_date_lies_within_two_years()
    {
        var draft = Drafts.MandatoryAction() with { DueInDays = null };

        Assert.Empty(Check(draft with { DueAt = Now.AddDays(730) }));
        AssertOnly("dueAt", "Reason.DueDateTooFar", Check(draft with { DueAt = Now.AddDays(730).AddTicks(1) }));
        AssertOnly("dueAt", "Reason.DueDateTooFar", Check(draft with { DueAt = DateTime.MaxValue }));
    }

    // Expiry

    [Theory]
    [InlineData(CommunicationKind.MandatoryAction)]
    [InlineData(CommunicationKind.RecommendedAction)]
    [InlineData(CommunicationKind.TransactionalNotification)]
    public void Only_promotional_notifications_expire(CommunicationKind kind)
    {
        AssertOnly("expiresInDays", "Reason.ExpiryOnlyOnPromotional", Check(Drafts.Of(kind) with { ExpiresInDays = 30 }));
        AssertOnly("expiresAt", "Reason.ExpiryOnlyOnPromotional", Check(Drafts.Of(kind) with { ExpiresAt = Now.AddDays(30) }));
    }

    [Fact]
    public void An_expiry_is_given_in_one_way() =>
        AssertOnly(
            "expiresAt",
            "Reason.ExpiryTwice",
            Check(Drafts.PromotionalNotification() with { ExpiresInDays = 30, ExpiresAt = Now.AddDays(30) }));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(730, true)]
    [InlineData(731, false)]
    public void An_expiry_in_days_lies_within_two_years(int days, bool isRight)
    {
        var problems = Check(Drafts.PromotionalNotification() with { ExpiresInDays = days });

        if (isRight)
            Assert.Empty(problems);
        else
            AssertOnly("expiresInDays", "Reason.OutOfRange", problems);
    }

    [Fact]
    public void An_expiry_lies_in_the_future_and_within_two_years()
    {
        var draft = Drafts.PromotionalNotification();

        AssertOnly("expiresAt", "Reason.ExpiryInThePast", Check(draft with { ExpiresAt = Now }));
        Assert.Empty(Check(draft with { ExpiresAt = Now.AddTicks(1) }));
        Assert.Empty(Check(draft with { ExpiresAt = Now.AddDays(730) }));
        AssertOnly("expiresAt", "Reason.ExpiryTooFar", Check(draft with { ExpiresAt = Now.AddDays(730).AddTicks(1) }));
    }

    [Fact]
    public void A_communication_expires_when_its_draft_says_so()
    {
        var at = Now.AddDays(5).AddHours(3);

        Assert.Equal(Now.AddDays(14), Create(Drafts.PromotionalNotification() with { ExpiresInDays = 14 }).ExpiresAt);
        Assert.Equal(at, Create(Drafts.PromotionalNotification() with { ExpiresAt = at }).ExpiresAt);
        Assert.Null(Create(Drafts.PromotionalNotification()).ExpiresAt);
    }

    [Fact]
    public void A_draft_that_does_not_expire_has_the_JSON_that_it_had_before_there_were_expiries() =>
        Assert.DoesNotContain("Expires", System.Text.Json.JsonSerializer.Serialize(Drafts.PromotionalNotification()), StringComparison.Ordinal);

    // Completion

    [Theory]
    [InlineData("organization")]
    [InlineData("person")]
    [InlineData(null)]
    public void Completion_is_for_the_organization_or_for_a_person(string? completion) =>
        Assert.Empty(Check(Drafts.MandatoryAction() with { Completion = completion }));

    [Theory]
    [InlineData("team")]
    [InlineData("Organization")]
    [InlineData("")]
    public void Completion_must_be_known(string completion) =>
        AssertOnly("completion", "Reason.UnknownCompletion", Check(Drafts.MandatoryAction() with { Completion = completion }));

    [Theory]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public void A_notification_has_no_completion(CommunicationKind kind) =>
        AssertOnly("completion", "Reason.CompletionOnNotification", Check(Drafts.Of(kind) with { Completion = "person" }));

    // Link

    [Theory]
    [InlineData("https://partners.example.com/pay?id=1#top")]
    [InlineData("HTTPS://partners.example.com:8443/")]
    [InlineData("/o/alpine-cloud/billing")]
    [InlineData("/")]
    public void A_link_is_an_https_address_or_a_path_of_the_portal(string link) =>
        Assert.Empty(Check(Drafts.MandatoryAction() with { Link = link }));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:anna@example.com")]
    [InlineData("http://partners.example.com/")]
    [InlineData("//evil.example/")]
    [InlineData("\\\\evil.example\\share")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("https:\\\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https:/evil.example")]
    [InlineData("https://partners.example.com@evil.example/")]
    [InlineData("https://user:secret@evil.example/")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData(" https://partners.example.com/")]
    [InlineData("https://partners.example.com/a b")]
    [InlineData("partners.example.com")]
    [InlineData("billing")]
    [InlineData("?tab=1")]
    [InlineData("https://")]
    [InlineData("")]
    public void Every_other_link_is_refused(string link) =>
        AssertOnly("link", "Reason.LinkNotAllowed", Check(Drafts.MandatoryAction() with { Link = link }));

    [Fact]
    public void A_link_has_at_most_2000_characters()
    {
        var longest = "/" + new string('a', 1999);

        Assert.Empty(Check(Drafts.MandatoryAction() with { Link = longest }));
        AssertOnly("link", "Reason.TooLong", Check(Drafts.MandatoryAction() with { Link = longest + "a" }));
    }

    // Content

    [Fact]
    public void English_must_be_there() =>
        AssertOnly("content.en", "Reason.DefaultLanguageMissing", CheckContent(("nl", "Titel", "Tekst")));

    [Theory]
    [InlineData("fr")]
    [InlineData("EN")]
    [InlineData("en-GB")]
    public void A_language_must_be_one_of_the_portal(string language) =>
        AssertOnly($"content.{language}", "Reason.UnknownLanguage", CheckContent(("en", "Title", "Body"), (language, "Titre", "Texte")));

    [Theory]
    [InlineData("en")]
    [InlineData("nl")]
    public void Every_language_needs_a_title_and_a_body(string language)
    {
        foreach (var nothing in new[] { null, "", "   " })
        {
            AssertOnly($"content.{language}.title", "Reason.Missing", CheckContent(English, (language, nothing, "Body")));
            AssertOnly($"content.{language}.body", "Reason.Missing", CheckContent(English, (language, "Title", nothing)));
        }
    }

    [Fact]
    public void A_title_has_at_most_120_characters_not_counting_blanks_around_it()
    {
        var longest = new string('t', 120);

        Assert.Empty(CheckContent(("en", $" {longest} ", "Body")));
        AssertOnly("content.en.title", "Reason.TooLong", CheckContent(("en", longest + "t", "Body")));
        AssertOnly("content.nl.title", "Reason.TooLong", CheckContent(English, ("nl", longest + "t", "Body")));
    }

    [Theory]
    [InlineData("Pay\r\nBcc: everybody@example.com")]
    [InlineData("Pay\tnow")]
    [InlineData("Pay\0now")]
    [InlineData("Pay\u0085now")]
    public void A_title_is_one_line_without_control_characters(string title) =>
        AssertOnly("content.en.title", "Reason.ControlCharacters", CheckContent(("en", title, "Body")));

    [Fact]
    public void A_body_has_lines_and_tabs_but_no_other_control_characters()
    {
        Assert.Empty(CheckContent(("en", "Title", "One\r\nTwo\n\tThree")));
        AssertOnly("content.en.body", "Reason.ControlCharacters", CheckContent(("en", "Title", "Bell\a")));
        AssertOnly("content.nl.body", "Reason.ControlCharacters", CheckContent(English, ("nl", "Titel", "Nul\0")));
    }

    [Fact]
    public void A_body_is_measured_in_bytes_of_utf_8()
    {
        const int Largest = 32 * 1024;

        Assert.Empty(CheckContent(("en", "Title", new string('b', Largest))));
        AssertOnly("content.en.body", "Reason.TooLarge", CheckContent(("en", "Title", new string('b', Largest + 1))));

        // Two bytes each, so half as many characters are enough.
        Assert.Empty(CheckContent(("en", "Title", new string('é', Largest / 2))));
        AssertOnly("content.en.body", "Reason.TooLarge", CheckContent(("en", "Title", new string('é', (Largest / 2) + 1))));
    }

    // What a key may publish

    [Fact]
    public void A_key_publishes_only_in_its_workspaces()
    {
        var grant = Unlimited with { Workspaces = ["benefits"] };

        Assert.Empty(Check(Drafts.MandatoryAction() with { Workspace = "benefits" }, grant: grant));
        AssertOnly("workspace", "Reason.NotAllowedForKey", Check(Drafts.MandatoryAction() with { Workspace = "billing" }, grant: grant));
    }

    [Fact]
    public void A_key_publishes_only_its_kinds()
    {
        var grant = Unlimited with { Kinds = ["transactional-notification"] };

        Assert.Empty(Check(Drafts.TransactionalNotification(), grant: grant));
        AssertOnly("kind", "Reason.NotAllowedForKey", Check(Drafts.MandatoryAction(), grant: grant));
    }

    [Fact]
    public void A_key_addresses_only_its_organizations()
    {
        var grant = Unlimited with { Organizations = ["alpine-cloud"] };
        var draft = Drafts.MandatoryAction();

        Assert.Empty(Check(draft with { Organizations = ["alpine-cloud"] }, grant: grant));
        var problem = AssertOnly(
            "audience.organizations",
            "Reason.NotAllowedForKey",
            Check(draft with { Organizations = ["alpine-cloud", "lowland-digital"] }, grant: grant));
        Assert.Equal(["lowland-digital"], problem.Reason.Arguments);
    }

    [Fact]
    public void A_key_that_is_limited_to_organizations_must_name_them() =>
        AssertOnly(
            "audience.organizations",
            "Reason.OrganizationsMustBeNamed",
            Check(Drafts.MandatoryAction(), grant: Unlimited with { Organizations = ["alpine-cloud"] }));

    [Fact]
    public void A_membership_of_another_organization_is_unknown_to_a_limited_key()
    {
        var draft = Drafts.MandatoryAction().ForMembership(7);

        Assert.Empty(Check(draft, NamesWithMembership, Unlimited with { Organizations = ["alpine-cloud"] }));
        AssertOnly(
            "audience.membership",
            "Reason.UnknownMembership",
            Check(draft, NamesWithMembership, Unlimited with { Organizations = ["lowland-digital"] }));
    }

    // What a draft becomes

    [Fact]
    public void A_draft_becomes_one_target_for_each_role_in_each_organization()
    {
        var communication = Create(Drafts.MandatoryAction("billing_admin", "owner", "owner") with
        {
            Organizations = ["alpine-cloud", "lowland-digital", "alpine-cloud"],
        });

        Assert.Equal(
            ["12/billing_admin", "13/billing_admin", "12/owner", "13/owner"],
            communication.Targets.Select(target => target.Addressee));
        Assert.Equal([12, 13, 12, 13], communication.Targets.Select(target => target.OrganizationId));
    }

    [Fact]
    public void Without_organizations_there_is_one_target_for_each_role()
    {
        var communication = Create(Drafts.MandatoryAction("billing_admin", "owner"));

        Assert.Equal(["*/billing_admin", "*/owner"], communication.Targets.Select(target => target.Addressee));
        Assert.All(communication.Targets, target => Assert.Null(target.OrganizationId));
    }

    [Fact]
    public void For_a_membership_there_is_one_target_that_knows_its_organization()
    {
        var communication = Publishing.Create(Drafts.MandatoryAction().ForMembership(345), NamesWithMembership, Unlimited, Now);

        var target = Assert.Single(communication.Targets);
        Assert.Equal("m/345", target.Addressee);
        Assert.Equal(345, target.MembershipId);
        Assert.Equal(12, target.OrganizationId);
        Assert.Null(target.Role);
    }

    [Fact]
    public void A_target_repeats_what_lists_sort_and_filter_by()
    {
        var communication = Create(Drafts.RecommendedAction() with { Workspace = "pricing", DueInDays = 14 });

        var target = Assert.Single(communication.Targets);
        Assert.Equal((int)CommunicationKind.RecommendedAction, target.Kind);
        Assert.Equal("pricing", target.Workspace);
        Assert.Equal(Now.AddDays(14), target.DueAt);
        Assert.Equal(1, target.Live);
    }

    [Fact]
    public void What_has_no_due_date_sorts_behind_everything_that_has_one()
    {
        var communication = Create(Drafts.RecommendedAction());

        Assert.Null(communication.DueAt);
        Assert.Equal(CommunicationTarget.NoDueDate, Assert.Single(communication.Targets).DueAt);
        Assert.True(CommunicationTarget.NoDueDate > Now.AddDays(Publishing.LatestDueInDays));
    }

    [Fact]
    public void What_the_draft_says_stands_in_the_communication()
    {
        var due = Now.AddDays(3).AddHours(2);
        var communication = Publishing.Create(
            new CommunicationDraft
            {
                Workspace = "billing",
                Kind = "mandatory-action",
                Roles = ["owner"],
                DueAt = due,
                Completion = "person",
                Link = "/o/alpine-cloud/billing",
                Content = Drafts.EnglishAndDutch(new(" Pay ", "\nPlease.\n"), new("Betaal", "Graag.")),
            },
            Names,
            new PublishingGrant("Finance system"),
            Now);

        Assert.Equal("billing", communication.Workspace);
        Assert.Equal(CommunicationKind.MandatoryAction, communication.Kind);
        Assert.Equal(due, communication.DueAt);
        Assert.Equal(CompletionScope.Person, communication.Completion);
        Assert.Equal("/o/alpine-cloud/billing", communication.Link);
        Assert.Equal("Finance system", communication.PublishedBy);
        Assert.Equal(Now, communication.PublishedAt);
        Assert.Equal(
            [("en", "Pay", "Please."), ("nl", "Betaal", "Graag.")],
            communication.Contents.Select(content => (content.Language, content.Title, content.Body)));
    }

    [Fact]
    public void Due_in_days_counts_from_now_and_completion_is_for_the_organization_unless_said()
    {
        var communication = Create(Drafts.MandatoryAction() with { DueInDays = 30 });

        Assert.Equal(Now.AddDays(30), communication.DueAt);
        Assert.Equal(CompletionScope.Organization, communication.Completion);
    }

    [Fact]
    public void A_withdrawn_communication_has_no_live_target()
    {
        var communication = Create(Drafts.MandatoryAction("billing_admin", "owner"));

        communication.Withdraw(Now.AddHours(1));

        Assert.Equal(Now.AddHours(1), communication.WithdrawnAt);
        Assert.All(communication.Targets, target => Assert.Equal(0, target.Live));
    }

    [Fact]
    public void The_keys_of_completion_are_those_that_drafts_use()
    {
        Assert.Equal(["organization", "person"], Publishing.CompletionKeys.Order(StringComparer.Ordinal));
        Assert.Equal("organization", Publishing.KeyOf(CompletionScope.Organization));
        Assert.Equal("person", Publishing.KeyOf(CompletionScope.Person));
    }

    [Fact]
    public void There_is_room_for_every_role() => Assert.True(RoleCatalogue.All.Count <= Publishing.MostRoles);

    private static readonly (string, string?, string?) English = ("en", "Title", "Body");

    private static bool SameSentence(Reason one, Reason other) => one.Key == other.Key && one.Arguments.SequenceEqual(other.Arguments);

    private static Communication Create(CommunicationDraft draft) => Publishing.Create(draft, Names, Unlimited, Now);

    private static IReadOnlyList<FieldProblem> Check(CommunicationDraft draft, DraftNames? names = null, PublishingGrant? grant = null) =>
        Publishing.Check(draft, names ?? Names, grant ?? Unlimited, WorkspaceCatalogue.BuiltIn, Now);

    // A later text of the same language takes the place of an earlier one.
    private static IReadOnlyList<FieldProblem> CheckContent(params (string Language, string? Title, string? Body)[] texts)
    {
        var content = new Dictionary<string, DraftText>();
        foreach (var (language, title, body) in texts)
            content[language] = new DraftText(title, body);
        return Check(Drafts.MandatoryAction() with { Content = content });
    }

    private static FieldProblem AssertOnly(string field, string reason, IReadOnlyList<FieldProblem> problems)
    {
        var problem = Assert.Single(problems);
        Assert.Equal(field, problem.Field);
        Assert.Equal(reason, problem.Reason.Key);
        return problem;
    }
}
