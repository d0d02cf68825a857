using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Domain.Organizations;

/// <summary>A partner of the program; what its members see as a directory.</summary>
public sealed class Organization
{
    private Organization()
    {
    }

    /// <param name="key">Its part of every address, such as <c>alpine-cloud</c>: lower-case letters, digits and hyphens.</param>
    /// <param name="name">Its name as people read it.</param>
    /// <param name="now">When it joined the portal, in UTC.</param>
    /// <exception cref="ArgumentException">The key cannot stand in an address.</exception>
    public Organization(string key, string name, DateTime now)
    {
        if (!IsValidKey(key))
            throw new ArgumentException("A key has 2 to 64 lower-case letters, digits and hyphens, and starts with a letter.", nameof(key));

        Key = key;
        Name = name;
        CreatedAt = now;
    }

    public int Id { get; private set; }

    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public bool IsSuspended { get; private set; }

    /// <summary>
    /// Whether its members work here only while they are signed in with an account of one of its own tenants
    /// (<see cref="Access.TrustedTenant"/>), so that its own rules about passwords and devices count.
    /// </summary>
    public bool TakesOnlyOwnAccounts { get; private set; }

    /// <summary>How many entries its activity log has.</summary>
    public int AuditCount { get; private set; }

    /// <summary>The hash of the last entry of its activity log; null before the first.</summary>
    public string? AuditHead { get; private set; }

    public int Version { get; private set; }

    public List<ProgramEnrollment> Enrollments { get; private set; } = [];

    public List<Location> Locations { get; private set; } = [];

    /// <summary>The programs that it takes part in now. They decide which workspaces it has.</summary>
    public IReadOnlyList<string> ActivePrograms =>
        [.. Enrollments.Where(enrollment => !enrollment.IsSuspended).Select(enrollment => enrollment.Program)];

    public static bool IsValidKey(string key) =>
        key.Length is >= 2 and <= 64 && char.IsAsciiLetterLower(key[0]) && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Enrolls the organization in a program; a second time changes nothing.</summary>
    public void Enroll(string program, DateTime now)
    {
        if (!Enrollments.Exists(enrollment => enrollment.Program == program))
            Enrollments.Add(new ProgramEnrollment(program, now));
    }

    /// <summary>Stops taking part for now: the program's workspaces close until it is resumed.</summary>
    public void SuspendProgram(string program) => EnrollmentIn(program).IsSuspended = true;

    public void ResumeProgram(string program) => EnrollmentIn(program).IsSuspended = false;

    public void LeaveProgram(string program) => Enrollments.Remove(EnrollmentIn(program));

    public void Suspend() => IsSuspended = true;

    public void TakeOnlyOwnAccounts(bool only) => TakesOnlyOwnAccounts = only;

    /// <summary>Gives the organization another name; its key stays, because it stands in every link.</summary>
    public void Rename(string name) => Name = name.Trim();

    /// <summary>Appends an entry to the activity log, chained to the one before it.</summary>
    public AuditEntry Record(AuditFact fact, DateTime now)
    {
        var entry = new AuditEntry(Id, AuditCount + 1, AuditHead, fact, now);
        (AuditCount, AuditHead) = (entry.Number, entry.Hash);
        return entry;
    }

    /// <exception cref="RuleViolationException">It does not take part in that program (any more).</exception>
    private ProgramEnrollment EnrollmentIn(string program) =>
        Enrollments.Find(enrollment => enrollment.Program == program) ?? throw new RuleViolationException(Reasons.NotEnrolled);
}

/// <summary>That an organization takes part in a program. It decides which workspaces exist for the organization.</summary>
public sealed class ProgramEnrollment
{
    private ProgramEnrollment()
    {
    }

    internal ProgramEnrollment(string program, DateTime now)
    {
        Program = program;
        EnrolledAt = now;
    }

    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public string Program { get; private set; } = "";

    public DateTime EnrolledAt { get; private set; }

    public bool IsSuspended { get; internal set; }
}

/// <summary>A place of business of an organization; some roles can be limited to one.</summary>
public sealed class Location
{
    private Location()
    {
    }

    public Location(string name, string city, string country) => Describe(name, city, country);

    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public string Name { get; private set; } = "";

    public string City { get; private set; } = "";

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private set; } = "";

    public void Describe(string name, string city, string country) =>
        (Name, City, Country) = (name.Trim(), city.Trim(), country.Trim().ToUpperInvariant());
}
