using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Communications;

/// <summary>What the portal itself tells people about their access.</summary>
public sealed class PortalNoticesTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private readonly Membership _member = MemberOf("Alpine Cloud", "Ben Keller");

    public static TheoryData<string> Notices => [.. All(MemberOf("Alpine Cloud", "Ben Keller")).Keys];

    [Theory]
    [MemberData(nameof(Notices))]
    public void Each_is_told_in_both_languages_without_a_hole(string name)
    {
        var notice = All(_member)[name];

        Assert.Equal(["en", "nl"], notice.Contents.Select(text => text.Language));
        Assert.All(notice.Contents, text =>
        {
            Assert.NotEmpty(text.Title);
            Assert.DoesNotContain('{', text.Title + text.Body);
            Assert.DoesNotContain('\\', text.Title);
            Assert.DoesNotContain('\\', SafeMarkdown.ToText(text.Body));
            Assert.InRange(text.Title.Length, 1, Publishing.LongestTitle);
        });
        Assert.Distinct(notice.Contents.Select(text => text.Body));
    }

    [Theory]
    [MemberData(nameof(Notices))]
    public void Names_that_look_like_markdown_stay_text(string name)
    {
        var notice = All(MemberOf("[Click](https://evil.example) <b>", "**Eve**\n# Boo"))[name];

        Assert.All(notice.Contents, text =>
        {
            var html = SafeMarkdown.ToHtml(text.Body);
            Assert.DoesNotContain("<a ", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<strong>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<h", html, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', text.Title);
        });
    }

    [Theory]
    [MemberData(nameof(Notices))]
    public void A_long_name_does_not_make_a_title_that_cannot_be_published(string name) =>
        Assert.All(All(MemberOf(new string('x', 190), new string('y', 190)))[name].Contents, text => Assert.InRange(text.Title.Length, 1, Publishing.LongestTitle));

    [Fact]
    public void A_request_is_addressed_to_exactly_those_who_may_grant_the_role()
    {
        foreach (var role in RoleCatalogue.All.Where(role => role != RoleCatalogue.DefaultUser))
        {
            var notice = PortalNotices.AccessRequested(AccessRequest.ForRole(_member, role, "I need it.", until: null, Now), WorkspaceCatalogue.BuiltIn, Now);

            Assert.Equal(GrantTable.GrantersOf(role).Select(granter => granter.Key).Order(), notice.Targets.Select(target => target.Role!).Order());
            Assert.All(notice.Targets, target => Assert.Equal(_member.OrganizationId, target.OrganizationId));
        }
    }

    [Fact]
    public void A_request_for_a_workspace_goes_to_whoever_may_grant_one_of_the_roles_that_open_it()
    {
        var billing = WorkspaceCatalogue.BuiltIn.Find("billing")!;

        var notice = PortalNotices.AccessRequested(AccessRequest.ForWorkspace(_member, billing, "I need it.", Now.AddDays(3), Now), WorkspaceCatalogue.BuiltIn, Now);

        Assert.Equal(["account_admin", "global_admin", "user_management_admin"], notice.Targets.Select(target => target.Role!).Order());
        Assert.Equal("Ben Keller asks for Billing", notice.Contents[0].Title);
        Assert.Equal(Now.AddDays(14), notice.DueAt);
    }

    [Fact]
    public void A_mail_about_access_is_account_mail_to_the_member_alone_and_leads_to_a_page()
    {
        var mail = PortalNotices.RolesChanged(_member, ["developer"], [], "Anna Winter", Now);

        Assert.Equal(CommunicationKind.AccountMail, mail.Kind);
        var target = Assert.Single(mail.Targets);
        Assert.Equal((_member.Id, 0), (target.MembershipId!.Value, target.Live));
        Assert.Equal("/o/alpine-cloud/my-access", mail.Link);
    }

    private static Dictionary<string, Communication> All(Membership member)
    {
        var workspaces = WorkspaceCatalogue.BuiltIn;
        var request = AccessRequest.ForRole(member, RoleCatalogue.BillingAdmin, $"Because {member.Person.Name}", until: null, Now);
        var approved = AccessRequest.ForRole(member, RoleCatalogue.BillingAdmin, "Because", Now.AddDays(9), Now);
        approved.Approve(RoleCatalogue.BillingAdmin, member.Person.Name, answer: null, Now);
        var denied = AccessRequest.ForWorkspace(member, workspaces.Find("billing")!, "Because", until: null, Now);
        denied.Deny(member.Person.Name, member.Person.Name, Now);
        var expired = AccessRequest.ForRole(member, RoleCatalogue.BillingAdmin, "Because", until: null, Now);
        expired.Expire(Now.AddDays(14));
        var unreachable = new Membership(member.Organization, new Person(member.Person.Name, "ben@example.com"), Now);
        unreachable.Person.RefuseMail("ben@example.com", Now);
        var grant = member.Grant(RoleCatalogue.Developer, "Anna Winter", Now, endsAt: Now.AddDays(7));
        var invited = Membership.Invite(member.Organization, member.Person, member.Person.Name, Now);
        var support = new SupportRequest(
            member, new SupportRequestDraft(member.Person.Name, "billing", SupportRequestType.Question, "Why?"), Now);
        support.Use(SupportVerb.Ask, SupportSide.Program, member.Person.Name, member.Person.Name, Now);
        var guest = Membership.Invite(member.Organization, member.Person, member.Person.Name, Now);
        guest.BecomeGuest(Now.AddDays(7));

        return new()
        {
            ["roles changed"] = PortalNotices.RolesChanged(member, ["developer"], ["billing_admin"], member.Person.Name, Now),
            ["admin added"] = PortalNotices.GlobalAdminsChanged(member, member, isOneNow: true, member.Person.Name, Now),
            ["admin removed"] = PortalNotices.GlobalAdminsChanged(member, member, isOneNow: false, member.Person.Name, Now),
            ["invited"] = PortalNotices.Invited(invited, Now),
            ["disabled"] = PortalNotices.MembershipChanged(member, MembershipVerb.Disable, member.Person.Name, Now),
            ["enabled"] = PortalNotices.MembershipChanged(member, MembershipVerb.Enable, member.Person.Name, Now),
            ["removed"] = PortalNotices.MembershipChanged(member, MembershipVerb.Remove, member.Person.Name, Now),
            ["restored"] = PortalNotices.MembershipChanged(member, MembershipVerb.Restore, member.Person.Name, Now),
            ["role ends"] = PortalNotices.RoleEndsSoon(member, grant, Now),
            ["membership ends"] = PortalNotices.MembershipEndsSoon(guest, Now),
            ["requested"] = PortalNotices.AccessRequested(request, workspaces, Now),
            ["approved"] = PortalNotices.RequestClosed(approved, workspaces, Now),
            ["denied"] = PortalNotices.RequestClosed(denied, workspaces, Now),
            ["expired"] = PortalNotices.RequestClosed(expired, workspaces, Now),
            ["contact refused"] = PortalNotices.AddressRefused(member, "ben@example.com", Now),
            ["sign-in address refused"] = PortalNotices.AddressRefused(unreachable, "ben@example.com", Now),
            ["unreachable"] = PortalNotices.MemberUnreachable(unreachable, Now),
            ["support request received"] = SupportNotices.Received(support, Now),
            ["support request waits"] = SupportNotices.Changed(support, support.Notes[^1], Now),
            ["second admin"] = PortalNotices.SecondAdminMissing(member.Organization, Now),
        };
    }

    private static Membership MemberOf(string organization, string name) =>
        new(new Organization("alpine-cloud", organization, Now), new Person(name, "ben@example.com"), Now);
}
