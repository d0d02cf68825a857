using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Tests.Support;

/// <summary>Preferences as a member sets them in My preferences, for tests to which it does not matter how they came about.</summary>
internal static class PreferenceArrangements
{
    private static readonly ChangeOrigin ByMember = new(ChangedBy.MyPreferences, FixedTime.Start);

    public static void DescribeAs(this Membership member, string? jobTitle, string emailLanguage, string? timeZone) =>
        member.DescribeAs(jobTitle, emailLanguage, timeZone, ByMember);

    public static void WriteIn(this Membership member, string emailLanguage) => member.WriteIn(emailLanguage, ByMember);

    public static void AwaitContact(this Membership member, string address, DateTime until) => member.AwaitContact(address, until, ByMember);

    public static void UseVerifiedContact(this Membership member, string address) => member.UseVerifiedContact(address, ByMember);

    public static void ContactBounced(this Membership member, string address) => member.ContactBounced(address, FixedTime.Start);

    public static void UseSignInAddress(this Membership member, DateTime now) => member.UseSignInAddress(ByMember with { At = now });
}
