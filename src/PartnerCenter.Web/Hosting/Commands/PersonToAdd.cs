using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary>The person that a command names: known already, or new.</summary>
internal static class PersonToAdd
{
    /// <summary>Shown as who granted a role that a host command gave.</summary>
    public const string GrantedByHost = "Host command";

    public static async Task<Person> FindOrCreateAsync(PartnerCenterDb db, string name, string address)
    {
        if (!MailAddressRule.IsDeliverable(address))
            throw new StartupException($"'{address}' is no mail address that mail can be sent to.");

        var normalized = Person.Normalize(address);
        return await db.People.SingleOrDefaultAsync(person => person.NormalizedSignInAddress == normalized)
            ?? db.Add(new Person(name, address)).Entity;
    }
}
