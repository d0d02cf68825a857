using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>
/// What an import would do, line by line. It grants what is listed and takes nothing away that is not: a role that a line has with
/// another last day is changed, a guest's last day likewise, and whoever is no member is invited.
/// </summary>
public sealed class MemberImportPlan
{
    private readonly List<MemberImportStep> _steps = [];
    private readonly Dictionary<string, PersonPlan> _people = [];
    private readonly OrganizationChange _change;

    private MemberImportPlan(OrganizationChange change) => _change = change;

    /// <summary>One step per line, in the order of the file.</summary>
    public IReadOnlyList<MemberImportStep> Steps => _steps;

    /// <summary>Whether all of it can be done.</summary>
    public bool IsAllowed => _steps.TrueForAll(step => step.Effect != MemberImportEffect.Refused);

    public bool DoesNothing => _steps.TrueForAll(step => step.Effect == MemberImportEffect.Nothing);

    /// <summary>Whether it has been done.</summary>
    public bool IsDone { get; internal set; }

    /// <summary>Stands for the lines and what becomes of them, so that somebody gets what they were shown, or is shown it again.</summary>
    public string Fingerprint => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _steps.Select(step => step.ToString())))));

    internal IEnumerable<PersonPlan> ToInvite => _people.Values.Where(person => person.IsNew);

    internal IEnumerable<PersonPlan> ToChange => _people.Values.Where(person => !person.IsNew);

    public int Count(MemberImportEffect effect) => _steps.Count(step => step.Effect == effect);

    internal static async Task<MemberImportPlan> MakeAsync(OrganizationChange change, IReadOnlyList<MemberCsvLine> lines, CancellationToken cancellation)
    {
        var known = await change.FindMembersAsync(lines.Where(line => line.Fault is null).Select(line => line.Address), cancellation);
        var plan = new MemberImportPlan(change);
        foreach (var line in lines)
            plan._steps.Add(plan.StepFor(line, known));
        return plan;
    }

    private MemberImportStep StepFor(MemberCsvLine line, Dictionary<string, Membership> known)
    {
        var step = new MemberImportStep(line, MemberImportEffect.Nothing);
        if (line.Fault is { } fault)
            return step.Refuse(fault);
        if (line.Status.Equals(nameof(MembershipStatus.Removed), StringComparison.OrdinalIgnoreCase))
            return step with { Because = Reasons.RowOfRemoved };
        if (!MailAddressRule.IsDeliverable(line.Address))
            return step.Refuse(Reasons.AddressNotDeliverable);
        if (line.IsGuest is not true && line.GuestUntil is not null)
            return step.Refuse(Reasons.EndOfNoGuest);

        var key = Person.Normalize(line.Address);
        if (!_people.TryGetValue(key, out var person))
            _people.Add(key, person = PersonFor(line, known.GetValueOrDefault(key)));
        var guest = GuestPart(step, person);
        return guest.Effect == MemberImportEffect.Refused ? guest : RolePart(guest, person);
    }

    private PersonPlan PersonFor(MemberCsvLine line, Membership? member)
    {
        if (member is not null && !MembershipPolicy.May(MembershipVerb.Invite, member.Status).IsAllowed)
            return new PersonPlan(member, line.Name, isNew: false);

        // Nobody keeps this one: it stands for the membership that the invitation will make.
        var asked = Membership.Invite(_change.Organization, new Person(Person.NameFrom(line.Address), line.Address), _change.Actor.Name, _change.Now);
        if (line.IsGuest is true)
            asked.BecomeGuest(LastDay.EndOf(line.GuestUntil));
        return new PersonPlan(asked, line.Name, isNew: true);
    }

    private MemberImportStep GuestPart(MemberImportStep step, PersonPlan person)
    {
        var line = step.Line;
        if (line.IsGuest is null && !person.IsNew)
            return step;

        var (isGuest, until) = (line.IsGuest is true, line.GuestUntil);
        if (person.Guest is { } said)
            return said.IsGuest == isGuest && said.Until == until ? step : step.Refuse(Reasons.ContradictsRow(said.Row));
        person.Guest = (isGuest, until, line.Number);

        if (!person.IsNew && isGuest != person.Member.IsGuest)
            return step.Refuse(Reasons.GuestStays);
        if (!person.IsNew && until == LastDay.Of(person.Member.EndsAt))
            return step;
        if (LastDay.EndOf(until) <= _change.Now)
            return step.Refuse(Reasons.EndDateInThePast);
        if (person.IsNew)
            return step;
        person.MovesGuestEnd = true;
        return step with { Effect = MemberImportEffect.Change };
    }

    private MemberImportStep RolePart(MemberImportStep step, PersonPlan person)
    {
        var line = step.Line;
        if (line.Role.Length == 0)
            return line.Location.Length > 0 || line.RoleUntil is not null ? step.Refuse(Reasons.RowWithoutRole) : Once(step, person, "", wasThere: true);
        if (RoleCatalogue.Find(line.Role.ToLowerInvariant()) is not { } role)
            return step.Refuse(Reasons.UnknownRole(line.Role));

        var held = person.Member.Roles.Where(grant => grant.Role == role.Key && SameName(grant.Location?.Name ?? "", line.Location)).ToList();
        var isThere = held.Exists(grant => LastDay.Of(grant.EndsAt) == line.RoleUntil);
        var once = Once(step, person, $"{role.Key}@{line.Location.ToUpperInvariant()}", isThere);
        if (once.Effect == MemberImportEffect.Refused || (isThere && !person.IsNew))
            return once;

        var locations = _change.Organization.Locations.FindAll(location => line.Location.Length > 0 && SameName(location.Name, line.Location));
        if (line.Location.Length > 0 && !role.ByLocation)
            return step.Refuse(Reasons.NotByLocation(role));
        if (line.Location.Length > 0 && locations.Count != 1)
            return step.Refuse(Reasons.NoSuchLocation(line.Location));
        if (LastDay.EndOf(line.RoleUntil) <= _change.Now)
            return step.Refuse(Reasons.EndDateInThePast);
        if (WhyNot(role, person.Member) is { } reason)
            return step.Refuse(reason);

        person.Gained.Add(new WantedRole(role, locations.FirstOrDefault()?.Id, LastDay.EndOf(line.RoleUntil)));
        person.Replaced.AddRange(held);
        return once.Effect == MemberImportEffect.Invite ? once
            : once with { Effect = held.Count > 0 ? MemberImportEffect.Change : MemberImportEffect.Grant };
    }

    // The first line of somebody new is the one that invites; a second line of the same person and role is one too many.
    private static MemberImportStep Once(MemberImportStep step, PersonPlan person, string key, bool wasThere)
    {
        if (person.Rows.TryGetValue(key, out var earlier) && !(wasThere && earlier.WasThere && key.Length > 0))
            return step.Refuse(Reasons.SameAsRow(earlier.Number));
        var isFirst = person.Rows.Count == 0;
        person.Rows.TryAdd(key, (step.Line.Number, wasThere));
        return person.IsNew && isFirst ? step with { Effect = MemberImportEffect.Invite } : step;
    }

    // Whoever may give a role may also take it, so that a last day can be moved by both.
    private Reason? WhyNot(Role role, Membership member)
    {
        var byStatus = MembershipPolicy.May(MembershipVerb.ChangeRoles, member.Status);
        var byRight = _change.By is { } by ? GrantPolicy.MayGrant(by, role, member, _change.Now) : GrantPolicy.MayHold(role, member);
        return byStatus.RefusedBecause ?? byRight.RefusedBecause;
    }

    private static bool SameName(string one, string other) => one.Trim().Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>All that a file says of one person.</summary>
    internal sealed class PersonPlan(Membership member, string name, bool isNew)
    {
        public Membership Member { get; } = member;

        public string Name { get; } = name;

        public bool IsNew { get; } = isNew;

        public (bool IsGuest, DateOnly? Until, int Row)? Guest { get; set; }

        public bool MovesGuestEnd { get; set; }

        public List<WantedRole> Gained { get; } = [];

        public List<RoleAssignment> Replaced { get; } = [];

        public Dictionary<string, (int Number, bool WasThere)> Rows { get; } = [];
    }
}

/// <summary>What becomes of a line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Effect">What it does.</param>
public sealed record MemberImportStep(MemberCsvLine Line, MemberImportEffect Effect)
{
    /// <summary>Why it is refused, or does nothing although one might expect it to.</summary>
    public Reason? Because { get; init; }

    /// <summary>Everything about it that counts, for the fingerprint.</summary>
    public override string ToString()
    {
        FormattableString all =
            $"{Line.Number}|{Effect}|{Because?.Key}|{Line.Address}|{Line.Name}|{Line.IsGuest}|{Line.GuestUntil:O}|{Line.Role}|{Line.Location}|{Line.RoleUntil:O}";
        return all.ToString(CultureInfo.InvariantCulture);
    }

    internal MemberImportStep Refuse(Reason because) => this with { Effect = MemberImportEffect.Refused, Because = because };
}

/// <summary>What a line of an import does.</summary>
public enum MemberImportEffect
{
    /// <summary>Everything is as it says.</summary>
    Nothing,

    /// <summary>Invites somebody, with the role if the line has one.</summary>
    Invite,

    Grant,

    /// <summary>Moves the last day of a role or of a guest's time.</summary>
    Change,

    Refused,
}
