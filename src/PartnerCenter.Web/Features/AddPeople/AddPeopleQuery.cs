using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.AddPeople;

/// <summary>Finds what a member may give to people from outside, and what is wrong with what they typed.</summary>
public sealed class AddPeopleQuery(TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public AddPeoplePage Read(Member member, AddPeopleForm form) =>
        new(form, GrantPolicy.GrantableBy(member.Membership, Somebody(member, asGuest: false), Now));

    /// <summary>What keeps every invitation of the form from going out, with the field that it belongs to.</summary>
    public IEnumerable<(string Field, Reason Reason)> ProblemsOf(Member member, AddPeopleForm form)
    {
        var addresses = form.Split();
        if (addresses.Count == 0)
            yield return (nameof(form.Addresses), Reasons.NoAddress);
        if (addresses.Count > AddPeopleForm.MostAtOnce)
            yield return (nameof(form.Addresses), Reasons.TooMany(AddPeopleForm.MostAtOnce));
        foreach (var address in addresses.Where(address => !MailAddressRule.IsDeliverable(address)).Take(AddPeopleForm.MostAtOnce))
            yield return (nameof(form.Addresses), Reasons.NotAnAddress(address));

        if (form.GuestUntil is not null && !form.AsGuest)
            yield return (nameof(form.GuestUntil), Reasons.EndOfMember);
        else if (LastDay.EndOf(form.GuestUntil) <= Now)
            yield return (nameof(form.GuestUntil), Reasons.EndDateInThePast);

        var somebody = Somebody(member, form.AsGuest);
        foreach (var key in form.Roles.Distinct())
        {
            if (RoleCatalogue.Find(key) is not { } role)
                yield return (nameof(form.Roles), Reasons.UnknownRole(key));
            else if (GrantPolicy.MayGrant(member.Membership, role, somebody, Now).RefusedBecause is { } reason)
                yield return (nameof(form.Roles), reason);
            else if (FreshSignInTable.MayGrant(role, member.HasFreshSignIn).RefusedBecause is { } signIn)
                yield return (nameof(form.Roles), signIn);
        }
    }

    // Stands for whoever is invited: the rules ask whether it is oneself, and whether it is a guest.
    private Membership Somebody(Member member, bool asGuest)
    {
        var somebody = Membership.Invite(member.Organization, new Person("", ""), member.Person.Name, Now);
        if (asGuest)
            somebody.BecomeGuest();
        return somebody;
    }
}
