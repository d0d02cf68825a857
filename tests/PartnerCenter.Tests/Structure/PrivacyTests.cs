using Microsoft.EntityFrameworkCore.Metadata;
using PartnerCenter.Data;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Structure;

/// <summary>What is kept about people stands in one table: an entity or a column that is new cannot be forgotten there.</summary>
public sealed class PrivacyTests
{
    // The longest key of anything: what is longer can hold words of people.
    private const int LongestKey = 80;

    // Why nobody can be named there, or why it needs no looking for.
    private static readonly Dictionary<string, string> NeedNoLookingFor = new()
    {
        ["Person.Name"] = "It is overwritten.",
        ["Person.SignInAddress"] = "It is overwritten.",
        ["Person.NormalizedSignInAddress"] = "It is overwritten.",
        ["SignInSession.ProviderSession"] = "It is deleted, and that of others is theirs.",
        ["SignInSession.SignOutHint"] = "It is deleted, and that of others is theirs.",
        ["ExternalIdentity.Issuer"] = "The address of an identity provider.",
        ["ExternalIdentity.Subject"] = "It is deleted, and that of others is theirs.",
        ["LocalAccount.PasswordHash"] = "A hash.",
        ["LocalAccount.AppSecret"] = "It is sealed.",
        ["LocalAccount.NewAppSecret"] = "It is sealed.",
        ["Membership.ContactAddress"] = "It is emptied, and that of others is theirs.",
        ["Membership.PendingContact"] = "It is emptied, and that of others is theirs.",
        ["Membership.PinnedTiles"] = "Keys of workspaces.",
        ["PreferenceChange.Before"] = "It is deleted, and that of others is theirs.",
        ["PreferenceChange.After"] = "It is deleted, and that of others is theirs.",
        ["ContactVerification.Address"] = "It is deleted, and that of others is theirs.",
        ["OutboxMail.Secret"] = "It is sealed or made by chance.",
        ["OutboxMail.Address"] = "It is emptied, and that of others is theirs.",
        ["MailEvent.Address"] = "It is deleted, and that of others is theirs.",
        ["MailEvent.Detail"] = "It is deleted, and a receiver speaks of its own reader.",
        ["AuditEntry.Actor"] = "The log is cleaned entry by entry.",
        ["AuditEntry.Subject"] = "The log is cleaned entry by entry.",
        ["AuditEntry.Topic"] = "The log is cleaned entry by entry.",
        ["AuditEntry.Before"] = "The log is cleaned entry by entry.",
        ["AuditEntry.After"] = "The log is cleaned entry by entry.",
        ["AuditEntry.Note"] = "The log is cleaned entry by entry.",
        ["AccessReviewItem.Location"] = "The name of a place.",
        ["Communication.Link"] = "An address of a system.",
        ["Organization.Name"] = "The name of a partner.",
        ["Location.Name"] = "The name of a place.",
        ["Location.City"] = "The name of a place.",
        ["ApiKey.Name"] = "The name of a system.",
        ["IdempotentRequest.Key"] = "The number of a request.",
        ["DataProtectionKey.FriendlyName"] = "The number of a key.",
        ["DataProtectionKey.Xml"] = "A key.",
    };

    private static readonly Dictionary<Type, string> NotExported = new()
    {
        [typeof(CommunicationTarget)] = "The communications are exported.",
    };

    private static readonly IReadOnlyList<IEntityType> Model = [.. UnconnectedDb.For(DataSetup.Sqlite).Model.GetEntityTypes()];

    [Fact]
    public void Every_entity_stands_in_the_table_once() => Assert.Equal(
        Model.Select(entity => entity.ClrType.Name).Order(StringComparer.Ordinal),
        PrivacyTable.Rows.Select(row => row.Entity.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_refers_to_a_person_is_exported_or_says_why_not()
    {
        var silent =
            from entity in Model
            where entity.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(Person) || key.PrincipalEntityType.ClrType == typeof(Membership))
            let row = PrivacyTable.Rows.Single(row => row.Entity == entity.ClrType)
            where row.Section is null && !NotExported.ContainsKey(entity.ClrType)
            select entity.ClrType.Name;

        Assert.Empty(silent);
    }

    [Fact]
    public void What_refers_to_a_person_is_deleted_or_overwritten_or_names_them_by_number_alone()
    {
        Type[] byNumber = [typeof(CommunicationTarget), typeof(HandOver)];
        var left =
            from entity in Model
            where entity.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(Person) || key.PrincipalEntityType.ClrType == typeof(Membership))
            where PrivacyTable.Rows.Single(row => row.Entity == entity.ClrType).Erasing == Erasing.Nothing && !byNumber.Contains(entity.ClrType)
            select entity.ClrType.Name;

        Assert.Empty(left);
    }

    [Fact]
    public void Every_section_can_be_read_and_has_a_name_of_its_own()
    {
        var sections = PrivacyTable.Rows.Where(row => row.Section is not null).ToList();

        Assert.Equal(sections.Select(row => row.Entity.Name).Order(StringComparer.Ordinal), PersonalData.Entities.Select(entity => entity.Name).Order(StringComparer.Ordinal));
        Assert.Distinct(sections.Select(row => row.Section));
    }

    [Fact]
    public void A_column_that_can_hold_words_is_searched_or_says_why_not()
    {
        var unsearched =
            from entity in Model
            let row = PrivacyTable.Rows.Single(row => row.Entity == entity.ClrType)
            from property in entity.GetProperties()
            where property.ClrType == typeof(string) && (property.GetMaxLength() is not { } most || most > LongestKey)
            let name = $"{entity.ClrType.Name}.{property.Name}"
            where !row.Texts.Contains(property.Name) && !NeedNoLookingFor.ContainsKey(name)
            select name;

        Assert.Empty(unsearched);
    }

    [Fact]
    public void What_is_searched_is_a_column()
    {
        var columns = Model.SelectMany(entity => entity.GetProperties().Select(property => $"{entity.ClrType.Name}.{property.Name}")).ToHashSet();

        Assert.All(PrivacyTable.Rows.SelectMany(row => row.Texts.Select(text => $"{row.Entity.Name}.{text}")).Concat(NeedNoLookingFor.Keys), name => Assert.Contains(name, columns));
    }

    [Fact]
    public void The_documentation_shows_both_tables()
    {
        var text = Repository.Read("docs/privacy.md");

        Assert.All(PrivacyTable.Rows.Where(row => row.Section is not null || row.Erasing != Erasing.Nothing), row => Assert.Contains(
            $"| {row.Entity.Name} | {row.Keeps} | {(row.Section is null ? "–" : $"`{row.Section}`")} | {row.Erasing.ToString().ToLowerInvariant()} | {row.Because} |", text, StringComparison.Ordinal));
        Assert.All(RetentionTable.Rows, row => Assert.Contains(
            $"| {row.What} | {(row.Setting is null ? "–" : $"`{row.Setting}`")} | {(row.Setting is null ? "at once" : $"{new RetentionOptions().DaysOf(row.Setting)} days")} | {row.Because} |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_setting_of_retention_is_documented()
    {
        var text = Repository.Read("docs/configuration.md");

        Assert.All(RetentionTable.Rows.Where(row => row.Setting is not null), row => Assert.Contains($"| `{row.Setting}` | `{new RetentionOptions().DaysOf(row.Setting)}` |", text, StringComparison.Ordinal));
    }
}
