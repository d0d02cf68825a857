using System.Globalization;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using static PartnerCenter.Domain.Communications.NoticeTexts;

namespace PartnerCenter.Domain.Communications;

/// <summary>
/// What the portal itself tells people about their access, in every language. It is told as everything else is: as a communication
/// whose kind decides where it appears and whether its mail is required.
/// </summary>
public static class PortalNotices
{
    /// <summary>The topic of the advice to have a second Global admin.</summary>
    public const string SecondAdmin = "second-admin";

    private static readonly TimeSpan ReachableWithin = TimeSpan.FromDays(14);

    /// <summary>The topic of the action that asks for an answer to a request.</summary>
    public static string TopicOf(AccessRequest request) => string.Create(CultureInfo.InvariantCulture, $"access-request/{request.Id}");

    /// <summary>The topic of the mails between two colleagues about the hand-over of an action.</summary>
    public static string TopicOfHandOver(int organizationId, long action) =>
        string.Create(CultureInfo.InvariantCulture, $"hand-over/{organizationId}/{action}");

    /// <summary>The topic of the mails that invite somebody.</summary>
    public static string TopicOfInvitation(Membership invited) => string.Create(CultureInfo.InvariantCulture, $"invitation/{invited.Id}");

    /// <summary>The topic of the notice that a role ends soon; a grant with another end is another grant.</summary>
    public static string TopicOfEnd(int roleAssignmentId) => string.Create(CultureInfo.InvariantCulture, $"role-ends/{roleAssignmentId}");

    /// <summary>The topic of the notice that a guest's time ends soon; another day is worth another notice.</summary>
    public static string TopicOfEnd(int membershipId, DateTime endsAt) =>
        string.Create(CultureInfo.InvariantCulture, $"membership-ends/{membershipId}/{endsAt:yyyyMMddHHmm}");

    /// <summary>Tells a member which roles they have now and did not have before, or the other way round.</summary>
    /// <param name="member">Whose roles changed.</param>
    /// <param name="gained">The keys of what is new.</param>
    /// <param name="lost">The keys of what is gone.</param>
    /// <param name="by">The name of who changed them.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication RolesChanged(
        Membership member, IReadOnlyCollection<string> gained, IReadOnlyCollection<string> lost, string by, DateTime now) =>
        Mail(member, "RolesChanged", "my-access", now, language =>
        [
            Escape(by), Escape(member.Organization.Name), Names(language, gained), Names(language, lost),
        ]);

    /// <summary>Tells the other Global admins that somebody became or ceased to be one of them.</summary>
    public static Communication GlobalAdminsChanged(Membership reader, Membership member, bool isOneNow, string by, DateTime now) =>
        Mail(reader, isOneNow ? "GlobalAdminAdded" : "GlobalAdminRemoved", "account-settings/users", now, _ =>
        [
            Escape(member.ShownName), Escape(by), Escape(member.Organization.Name),
        ]);

    public static Communication Invited(Membership invited, DateTime now) =>
        new Communication(
            WorkspaceCatalogue.AccountSettings,
            CommunicationKind.AccountMail,
            dueAt: null,
            CompletionScope.Person,
            $"/invitations/{invited.Organization.Key}",
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = TopicOfInvitation(invited),
        }
            .For(invited)
            .Telling("Invited", language =>
            [
                Escape(invited.InvitedBy!), Escape(invited.Organization.Name), Day(invited.InvitationExpiresAt!.Value, language),
            ]);

    /// <summary>Whether this asks the member to join, and they have not answered yet.</summary>
    public static bool IsInvitation(Communication communication, Membership membership) =>
        !membership.HasJoined && communication.Topic == TopicOfInvitation(membership);

    /// <summary>Tells somebody that they are kept out, or back in.</summary>
    public static Communication MembershipChanged(Membership member, MembershipVerb verb, string by, DateTime now) =>
        Mail(member, $"Membership{verb}", "", now, _ => [Escape(member.Organization.Name), Escape(by)]);

    public static Communication RoleEndsSoon(Membership member, RoleAssignment grant, DateTime now) =>
        Mail(
            member,
            "RoleEndsSoon",
            "my-access",
            now,
            language => [Names(language, [grant.Role]), Escape(member.Organization.Name), Day(grant.EndsAt!.Value, language)],
            TopicOfEnd(grant.Id));

    public static Communication MembershipEndsSoon(Membership member, DateTime now) =>
        Mail(
            member,
            "MembershipEndsSoon",
            "my-access",
            now,
            language => [Escape(member.Organization.Name), Day(member.EndsAt!.Value, language)],
            TopicOfEnd(member.Id, member.EndsAt!.Value));

    /// <summary>Asks a colleague to do an action.</summary>
    /// <param name="colleague">Who is asked.</param>
    /// <param name="action">Which action.</param>
    /// <param name="titles">Its title by language.</param>
    /// <param name="by">The name of who asks.</param>
    /// <param name="note">What they say.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication HandedOver(
        Membership colleague, long action, IReadOnlyDictionary<string, string> titles, string by, string? note, DateTime now) =>
        OfAction(colleague, "HandedOver", action, titles, by, note, now);

    /// <summary>Tells one of two colleagues that the other has given an action back.</summary>
    /// <inheritdoc cref="HandedOver"/>
    public static Communication GivenBack(
        Membership colleague, long action, IReadOnlyDictionary<string, string> titles, string by, string? note, DateTime now) =>
        OfAction(colleague, "GivenBack", action, titles, by, note, now);

    /// <summary>Tells whoever handed an action over that the colleague cannot do it any more.</summary>
    /// <param name="giver">Who handed it over.</param>
    /// <param name="action">Which action.</param>
    /// <param name="titles">Its title by language.</param>
    /// <param name="colleague">The name of the colleague.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication HandOverReleased(
        Membership giver, long action, IReadOnlyDictionary<string, string> titles, string colleague, DateTime now) =>
        OfAction(giver, "HandOverReleased", action, titles, colleague, note: null, now);

    /// <summary>
    /// Asks whether an address is a member's own. It goes to that address and to no other, so whoever tells it queues its mail; the link
    /// and the code are that mail's alone.
    /// </summary>
    public static Communication ContactToConfirm(Membership member, DateTime now) =>
        Mail(member, "ContactToConfirm", "my-preferences/contact", now, _ => [Escape(member.Organization.Name)]).ToOwnAddress(now);

    /// <summary>Tells the address that mail went to so far that it goes elsewhere now. Whoever tells it queues its mail.</summary>
    /// <param name="member">Whose mail it is.</param>
    /// <param name="shownAddress">Where it goes now, as a stranger may see it.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication ContactChanged(Membership member, string shownAddress, DateTime now) =>
        Mail(member, "ContactChanged", "my-preferences/contact", now, _ => [Escape(member.Organization.Name), Escape(shownAddress)]).ToOwnAddress(now);

    /// <summary>
    /// Leads somebody who forgot their password to the choice of another one. It goes to the sign-in address and to no other, so whoever
    /// tells it queues its mail; the link is that mail's alone.
    /// </summary>
    public static Communication PasswordForgotten(Membership member, DateTime now) =>
        Mail(member, "PasswordForgotten", "", now, language => [Time(now + PasswordReset.Lasts, language)]).ToOwnAddress(now);

    /// <summary>Tells somebody that how they sign in has changed, in case it was not them.</summary>
    /// <param name="member">Who it is.</param>
    /// <param name="change">What has changed.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication SignInChanged(Membership member, SignInChange change, DateTime now) =>
        Mail(member, $"{change}", "", now, language => [Time(now, language), Escape(member.Organization.Name)]);

    /// <summary>The topic of the mails by which a member tries whether mail arrives.</summary>
    public static string TopicOfTest(int membershipId) => string.Create(CultureInfo.InvariantCulture, $"test-mail/{membershipId}");

    /// <summary>The mail by which a member tries whether mail arrives.</summary>
    public static Communication TestMail(Membership member, DateTime now) =>
        Mail(member, "TestMail", "my-preferences/where-mail-goes", now, _ => [Escape(member.Organization.Name)], TopicOfTest(member.Id));

    /// <summary>The topic of the action that asks a member for an address that mail can be sent to.</summary>
    public static string TopicOfReachability(int membershipId) => string.Create(CultureInfo.InvariantCulture, $"reachability/{membershipId}");

    /// <summary>The topic of the action that tells administrators of a member whom no mail reaches.</summary>
    public static string TopicOfUnreachable(int membershipId) => string.Create(CultureInfo.InvariantCulture, $"unreachable/{membershipId}");

    /// <summary>
    /// Asks a member whose address refuses mail for another one. Its own mail goes to the sign-in address; where that is the one that
    /// refuses, it stands in the portal alone.
    /// </summary>
    /// <param name="member">Whose mail comes back.</param>
    /// <param name="address">Where it comes back from.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication AddressRefused(Membership member, string address, DateTime now) =>
        new Communication(
            WorkspaceCatalogue.AccountSettings,
            CommunicationKind.MandatoryAction,
            now + ReachableWithin,
            CompletionScope.Person,
            $"/o/{member.Organization.Key}/my-preferences/contact",
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = TopicOfReachability(member.Id),
        }
            .For(member)
            .Telling(member.Person.MailRefusedAt is null ? "ContactRefused" : "SignInRefused", _ => [Escape(member.Organization.Name), Escape(address)]);

    /// <summary>Tells whoever manages users that no mail reaches a member: one recommended action for all of them.</summary>
    public static Communication MemberUnreachable(Membership member, DateTime now)
    {
        var action = new Communication(
            WorkspaceCatalogue.AccountSettings,
            CommunicationKind.RecommendedAction,
            dueAt: null,
            CompletionScope.Organization,
            $"/o/{member.Organization.Key}/account-settings/users",
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = TopicOfUnreachable(member.Id),
        };
        foreach (var role in AccessTable.RolesWith(Permission.ManageUsers))
            action.AddressRole(role.Key, member.OrganizationId);
        return action.Telling("Unreachable", _ => [Escape(member.ShownName), Escape(member.Organization.Name)]);
    }

    /// <summary>Asks everybody who may grant what is asked for to answer: one recommended action for all of them.</summary>
    /// <param name="request">The request, saved.</param>
    /// <param name="workspaces">All workspaces of the portal.</param>
    /// <param name="now">The time in UTC.</param>
    public static Communication AccessRequested(AccessRequest request, WorkspaceCatalogue workspaces, DateTime now)
    {
        var organization = request.Requester.Organization;
        var action = new Communication(
            WorkspaceCatalogue.AccountSettings,
            CommunicationKind.RecommendedAction,
            request.ExpiresAt,
            CompletionScope.Organization,
            string.Create(CultureInfo.InvariantCulture, $"/o/{organization.Key}/account-settings/access-requests/{request.Id}"),
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = TopicOf(request),
        };
        foreach (var granter in request.RolesAskedFor(workspaces).SelectMany(GrantTable.GrantersOf).Distinct())
            action.AddressRole(granter.Key, organization.Id);
        return action.Telling("AccessRequested", language =>
        [
            Escape(request.Requester.Person.Name),
            Asked(request, workspaces, language),
            Escape(request.Reason),
            request.Until is { } until ? Day(until, language) : Text("ForGood", language),
        ]);
    }

    /// <summary>Tells the requester what became of a request that somebody or time has closed.</summary>
    public static Communication RequestClosed(AccessRequest request, WorkspaceCatalogue workspaces, DateTime now) =>
        Mail(request.Requester, $"Request{request.State}", "my-access", now, language =>
        [
            Asked(request, workspaces, language), Escape(request.DecidedBy ?? Publisher), Escape(request.Answer ?? Text("NothingSaid", language)),
        ]);

    /// <summary>Advises a lone Global admin to have a second one.</summary>
    public static Communication SecondAdminMissing(Organization organization, DateTime now)
    {
        var action = new Communication(
            WorkspaceCatalogue.AccountSettings,
            CommunicationKind.RecommendedAction,
            dueAt: null,
            CompletionScope.Organization,
            $"/o/{organization.Key}/account-settings/users",
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = SecondAdmin,
        };
        action.AddressRole(RoleCatalogue.GlobalAdmin.Key, organization.Id);
        return action.Telling("SecondAdmin", _ => [Escape(organization.Name)]);
    }

    private static Communication OfAction(
        Membership member, string text, long action, IReadOnlyDictionary<string, string> titles, string by, string? note, DateTime now) =>
        Mail(
            member,
            text,
            string.Create(CultureInfo.InvariantCulture, $"action-center/{action}"),
            now,
            language =>
            [
                Escape(by), Escape(titles.GetValueOrDefault(language) ?? titles[Languages.Default]), Escape(note ?? Text("NothingSaid", language)),
            ],
            TopicOfHandOver(member.OrganizationId, action));

    private static Communication Mail(Membership member, string text, string path, DateTime now, Func<string, object[]> arguments, string? topic = null) =>
        new Communication(
            WorkspaceCatalogue.AccountSettings,
            CommunicationKind.AccountMail,
            dueAt: null,
            CompletionScope.Person,
            $"/o/{member.Organization.Key}{(path.Length == 0 ? "" : "/")}{path}",
            requiredByAgreement: false,
            Publisher,
            now)
        {
            Topic = topic,
        }
            .For(member)
            .Telling(text, arguments);

    private static Communication For(this Communication communication, Membership member)
    {
        communication.AddressMember(member.Id, member.OrganizationId);
        return communication;
    }

    // The fan-out would send it to the member's address of the moment.
    private static Communication ToOwnAddress(this Communication communication, DateTime now)
    {
        communication.CompleteFanOut(now);
        return communication;
    }

    private static string Asked(AccessRequest request, WorkspaceCatalogue workspaces, string language) => request switch
    {
        { Role: { } role } => Names(language, [role]),
        _ when workspaces.Find(request.Workspace!)?.Names.GetValueOrDefault(language) is { } own => Escape(own),
        _ => Escape(Word($"Workspace.{request.Workspace}", language)),
    };
}

/// <summary>What has changed about how somebody signs in, as far as they are told by mail. The name is that of the text.</summary>
public enum SignInChange
{
    PasswordChanged,
    TwoStepTurnedOn,
    TwoStepTurnedOff,
}
