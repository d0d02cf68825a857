using System.Globalization;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Domain.Organizations;

/// <summary>Somebody who signs in. What they are in an organization is their <see cref="Membership"/> there.</summary>
public sealed class Person
{
    /// <summary>How many characters a name can have.</summary>
    public const int LongestName = 200;

    private Person()
    {
    }

    /// <param name="name">The name as others see it.</param>
    /// <param name="signInAddress">The mail address that the person signs in with.</param>
    /// <param name="language">The language of the pages, one of <see cref="Languages.All"/>.</param>
    public Person(string name, string signInAddress, string language = Languages.Default)
    {
        Name = name;
        SignInAddress = signInAddress;
        NormalizedSignInAddress = Normalize(signInAddress);
        Language = language;
    }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string SignInAddress { get; private set; } = "";

    /// <summary>For look-ups: the two database engines do not compare letters alike.</summary>
    public string NormalizedSignInAddress { get; private set; } = "";

    public string Language { get; private set; } = Languages.Default;

    /// <summary>The organization that opens after sign-in, where the person chose one of several.</summary>
    public int? DefaultOrganizationId { get; private set; }

    /// <summary>Runs the program: publishes to partners and watches delivery. Never a role of an organization.</summary>
    public bool IsOperator { get; private set; }

    public bool IsDisabled { get; private set; }

    /// <summary>When mail to the sign-in address was refused for good, in UTC; null while it is taken, as far as is known.</summary>
    public DateTime? MailRefusedAt { get; private set; }

    /// <summary>When everything that tells who this was was overwritten, in UTC; null for whoever is still known.</summary>
    public DateTime? ErasedAt { get; private set; }

    /// <summary>The sign-in address, as far as mail can be sent there; otherwise empty.</summary>
    public string MailAddress => MailRefusedAt is null ? SignInAddress : "";

    public int Version { get; private set; }

    public static string Normalize(string address) => address.Trim().ToUpperInvariant();

    /// <summary>What somebody is called of whom only the address is known.</summary>
    public static string NameFrom(string address) => address.Length <= LongestName ? address : $"{address[..(LongestName - 1)]}…";

    /// <summary>Gives the person the name that they want others to see; what is empty changes nothing.</summary>
    public void CallBy(string? name)
    {
        if (!string.IsNullOrWhiteSpace(name))
            Name = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public void MakeOperator() => IsOperator = true;

    public void Disable() => IsDisabled = true;

    /// <summary>Forgets who this is. The row stays, for what others did with it, and nobody signs in with it again.</summary>
    public void Erase(DateTime now)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"Erased person {Id}");
        // No mail can go there, whatever happens (RFC 2606, 2).
        SignInAddress = string.Create(CultureInfo.InvariantCulture, $"erased-{Id}@erased.invalid");
        NormalizedSignInAddress = Normalize(SignInAddress);
        (Language, DefaultOrganizationId) = (Languages.Default, null);
        (IsOperator, IsDisabled, MailRefusedAt, ErasedAt) = (false, true, now, now);
    }

    /// <summary>The receiver refused the sign-in address for good: no mail goes there until somebody says that it is taken again.</summary>
    /// <returns>Whether mail went there until now.</returns>
    public bool RefuseMail(string address, DateTime now)
    {
        if (MailRefusedAt is not null || SignInAddress != address)
            return false;

        MailRefusedAt = now;
        return true;
    }

    public void TakeMailAgain() => MailRefusedAt = null;

    /// <exception cref="ArgumentException">There are no pages in that language.</exception>
    public void ReadIn(string language)
    {
        if (!Languages.All.Contains(language))
            throw new ArgumentException($"There are no pages in the language '{language}'.", nameof(language));

        Language = language;
    }

    /// <summary>Chooses which organization opens after sign-in; null leaves it to the portal.</summary>
    public void OpenFirst(int? organizationId) => DefaultOrganizationId = organizationId;
}
