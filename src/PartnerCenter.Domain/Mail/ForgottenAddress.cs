using System.Security.Cryptography;
using System.Text;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Mail;

/// <summary>
/// That mail to the address of somebody who was erased is not wanted, or not taken. The address itself is not kept: whoever asks knows
/// it already, and only then learns the answer.
/// </summary>
public sealed class ForgottenAddress
{
    private ForgottenAddress()
    {
    }

    public ForgottenAddress(string address, bool refusesMail, bool objects, DateTime now) =>
        (AddressHash, RefusesMail, Objects, Since) = (HashOf(address), refusesMail, objects, now);

    /// <summary>SHA-256 in hex of the address as <see cref="Person.Normalize"/> writes it.</summary>
    public string AddressHash { get; private set; } = "";

    /// <summary>Whether its provider refused mail for good.</summary>
    public bool RefusesMail { get; private set; }

    /// <summary>Whether its owner turned optional mail off or called it spam (GDPR 21(3)): it stays off for whoever comes back with it.</summary>
    public bool Objects { get; private set; }

    /// <summary>In UTC.</summary>
    public DateTime Since { get; private set; }

    public static string HashOf(string address) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Person.Normalize(address))));

    /// <summary>Somebody else with the same address was erased as well.</summary>
    public void Add(bool refusesMail, bool objects) => (RefusesMail, Objects) = (RefusesMail || refusesMail, Objects || objects);
}
