using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Data.Privacy;

/// <summary>
/// Everything that the portal keeps about a person, as a file for them (GDPR 15 and 20): JSON in UTF-8, with one list for each section of
/// the <see cref="PrivacyTable"/>, and in each object the columns of the row. Times are in UTC.
/// </summary>
public sealed class PersonalData(PartnerCenterDb db, TimeProvider time)
{
    /// <summary>Names the form of the file: a change that readers notice gets another number.</summary>
    public const string Format = "partnercenter-personal-data/1";

    // A person reads it in an editor: letters stay letters.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // The rows of each entity that are about a person.
    private static readonly Dictionary<Type, Func<PartnerCenterDb, PersonalRows, IQueryable<object>>> Rows = new()
    {
        [typeof(Person)] = (db, of) => db.People.AsNoTracking().Where(person => person.Id == of.PersonId),
        [typeof(SignInSession)] = (db, of) => db.Sessions.AsNoTracking().Where(session => session.PersonId == of.PersonId),
        [typeof(ExternalIdentity)] = (db, of) => db.ExternalIdentities.AsNoTracking().Where(identity => identity.PersonId == of.PersonId),
        [typeof(LocalAccount)] = (db, of) => db.LocalAccounts.AsNoTracking().Where(account => account.PersonId == of.PersonId),
        [typeof(PasswordReset)] = (db, of) => db.PasswordResets.AsNoTracking().Where(reset => reset.PersonId == of.PersonId),
        [typeof(Membership)] = (db, of) => db.Memberships.AsNoTracking().Where(membership => membership.PersonId == of.PersonId),
        [typeof(RoleAssignment)] = (db, of) => db.Set<RoleAssignment>().AsNoTracking().Where(grant => of.Memberships.Contains(grant.MembershipId)),
        [typeof(OptOut)] = (db, of) => db.OptOuts.AsNoTracking().Where(optOut => of.Memberships.Contains(optOut.MembershipId)),
        [typeof(PreferenceChange)] = (db, of) => db.PreferenceChanges.AsNoTracking().Where(change => of.Memberships.Contains(change.MembershipId)),
        [typeof(ContactVerification)] = (db, of) => db.ContactVerifications.AsNoTracking().Where(asked => of.Memberships.Contains(asked.MembershipId)),
        [typeof(AccessRequest)] = (db, of) => db.AccessRequests.AsNoTracking().Where(request => of.Memberships.Contains(request.MembershipId)),
        [typeof(AccessReviewItem)] = (db, of) => db.Set<AccessReviewItem>().AsNoTracking().Where(item => of.Memberships.Contains(item.MembershipId)),
        [typeof(AuditEntry)] = (db, of) => db.AuditEntries.AsNoTracking().Where(entry =>
            of.Memberships.Contains(entry.ActorMembershipId!.Value) || of.Memberships.Contains(entry.SubjectMembershipId!.Value)),
        [typeof(SupportRequest)] = (db, of) => db.SupportRequests.AsNoTracking().Where(request => of.Memberships.Contains(request.MembershipId)),
        [typeof(SupportNote)] = (db, of) => db.SupportRequests.AsNoTracking().Where(request => of.Memberships.Contains(request.MembershipId)).SelectMany(request => request.Notes),
        [typeof(CommunicationContent)] = (db, of) => db.CommunicationContents.AsNoTracking().Where(content => db.CommunicationTargets.Any(target =>
            target.CommunicationId == content.CommunicationId && of.Memberships.Contains(target.MembershipId!.Value))
            || db.MemberStates.Any(state => state.CommunicationId == content.CommunicationId && of.Memberships.Contains(state.MembershipId))
            || db.OutboxMails.Any(mail => mail.CommunicationId == content.CommunicationId && of.Memberships.Contains(mail.MembershipId))),
        [typeof(MemberState)] = (db, of) => db.MemberStates.AsNoTracking().Where(state => of.Memberships.Contains(state.MembershipId)),
        [typeof(Completion)] = (db, of) => db.Completions.AsNoTracking().Where(done => of.CompletedFor.Contains(done.CompletedFor)),
        [typeof(CommunicationStep)] = (db, of) => db.CommunicationSteps.AsNoTracking().Where(step => of.Memberships.Contains(step.OnlyForMembershipId!.Value)),
        [typeof(HandOver)] = (db, of) => db.HandOvers.AsNoTracking().Where(handOver =>
            of.Memberships.Contains(handOver.FromMembershipId) || of.Memberships.Contains(handOver.ToMembershipId)),
        [typeof(FeedLink)] = (db, of) => db.FeedLinks.AsNoTracking().Where(link => of.Memberships.Contains(link.MembershipId)),
        [typeof(OutboxMail)] = (db, of) => db.OutboxMails.AsNoTracking().Where(mail => of.Memberships.Contains(mail.MembershipId)),
        [typeof(MailEvent)] = (db, of) => db.MailEvents.AsNoTracking().Where(known =>
            db.OutboxMails.Any(mail => mail.Id == known.OutboxMailId && of.Memberships.Contains(mail.MembershipId))),
    };

    /// <summary>The entities that it knows how to read; the same as the sections of the table.</summary>
    public static IEnumerable<Type> Entities => Rows.Keys;

    /// <summary>Writes everything about a person.</summary>
    /// <returns>False if there is no such person.</returns>
    public async Task<bool> WriteAsync(int personId, Stream file, CancellationToken cancellation = default)
    {
        if (!await db.People.AnyAsync(person => person.Id == personId, cancellation))
            return false;

        var of = await PersonalRows.FindAsync(db, personId, cancellation);
        await using var json = new Utf8JsonWriter(file, Readable);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("madeAt", time.GetUtcNow().UtcDateTime);
        await WriteOrganizationsAsync(json, of, cancellation);
        foreach (var row in PrivacyTable.Rows.Where(row => row.Section is not null))
        {
            json.WriteStartArray(row.Section!);
            await foreach (var entity in Rows[row.Entity](db, of).AsAsyncEnumerable().WithCancellation(cancellation))
                WriteRow(json, entity);
            json.WriteEndArray();
            await json.FlushAsync(cancellation);
        }

        json.WriteEndObject();
        return true;
    }

    // The other sections name organizations by their numbers.
    private async Task WriteOrganizationsAsync(Utf8JsonWriter json, PersonalRows of, CancellationToken cancellation)
    {
        json.WriteStartArray("organizations");
        foreach (var organization in await db.Organizations.AsNoTracking().Where(organization => of.Organizations.Contains(organization.Id)).ToListAsync(cancellation))
        {
            json.WriteStartObject();
            json.WriteNumber("id", organization.Id);
            json.WriteString("key", organization.Key);
            json.WriteString("name", organization.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRow(Utf8JsonWriter json, object entity)
    {
        json.WriteStartObject();
        foreach (var property in db.Model.FindEntityType(entity.GetType())!.GetProperties().Where(property => property.PropertyInfo is not null && !PrivacyTable.Withheld.Contains(property.Name)))
        {
            json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            WriteValue(json, property.PropertyInfo!.GetValue(entity));
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case DateTime moment:
                json.WriteStringValue(moment);
                break;
            case CommunicationKind kind:
                json.WriteStringValue(CommunicationPolicy.KeyOf(kind));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}

/// <summary>By what rows about a person are known.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Memberships">What they are or were in organizations.</param>
/// <param name="Organizations">These organizations.</param>
internal sealed record PersonalRows(int PersonId, IReadOnlyList<int> Memberships, IReadOnlyList<int> Organizations)
{
    /// <summary>How completions name these memberships.</summary>
    public IReadOnlyList<string> CompletedFor { get; } = [.. Memberships.Select(Completion.ForMember)];

    public static async Task<PersonalRows> FindAsync(PartnerCenterDb db, int personId, CancellationToken cancellation)
    {
        var memberships = await db.Memberships.AsNoTracking()
            .Where(membership => membership.PersonId == personId)
            .Select(membership => new { membership.Id, membership.OrganizationId })
            .ToListAsync(cancellation);
        return new(personId, [.. memberships.Select(row => row.Id)], [.. memberships.Select(row => row.OrganizationId)]);
    }
}
