using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Security;

/// <summary>Who makes this request. It is read from the database with every request, so a role that was revoked is gone at once.</summary>
public sealed class CurrentUser
{
    private Member? _member;

    public SignInSession? Session { get; private set; }

    /// <summary>Null before sign-in.</summary>
    public Person? Person => Session?.Person;

    /// <summary>Whether they have signed in just now (<see cref="FreshSignInTable"/>).</summary>
    public bool HasFreshSignIn { get; private set; }

    /// <summary>Whether the address names an organization that this person is a member of.</summary>
    public bool IsMember => _member is not null;

    /// <summary>
    /// The organization of the address, if this person is a member of it but has to sign in with an account of its own tenant first; null
    /// otherwise.
    /// </summary>
    public Organization? WantsOwnAccount { get; private set; }

    /// <exception cref="InvalidOperationException">The address names no organization; such an action cannot ask for a member.</exception>
    public Member Member => _member ?? throw new InvalidOperationException("This address belongs to no organization.");

    internal void SignedIn(SignInSession session, DateTime now) => (Session, HasFreshSignIn) = (session, session.IsFreshAt(now));

    internal void MemberOf(Member member) => _member = member;

    internal void KeptOutOf(Organization organization) => WantsOwnAccount = organization;
}
