using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Mail.Dispatch;
using PartnerCenter.Tests.Mail.Peers;
using PartnerCenter.Tests.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Hostile;

/// <summary>
/// Whatever stands in a field that reaches mail: a mail goes to the one whom it is meant for, or not at all, and has no header of somebody else's
/// making. The fields are written past every check on their way in, since a check that is forgotten once must not be the only one.
/// </summary>
public sealed class HostileMailTests : IDisposable
{
    private static readonly string[] AllowedHeaders =
    [
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Language", "Content-Type",
        "Auto-Submitted", "X-Auto-Response-Suppress", "Feedback-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    // On a thread of its own: a test that waits for it must not hold the thread that makes it.
    private static readonly Lazy<Task<byte[]>> Prepared = new(() => Task.Run(PrepareAsync));

    private readonly CapturingRelay _relay = new();
    private readonly SmtpTransport _transport;

    public HostileMailTests() => _transport = new SmtpTransport(_relay.Options);

    /// <summary>Where hostile text is stored, and whether a mail with it always goes: what becomes a header or an address may be refused.</summary>
    public static TheoryData<string, string, bool> Fields => new()
    {
        { "People.Name", "$s", true },
        { "Organizations.Name", "$s", true },
        { "Organizations.Key", "$s || $i", true },
        { "Communications.Link", "$s", true },
        { "CommunicationContents.Title", "$s", false },
        { "CommunicationContents.Body", "$s", true },
        { "CommunicationContents.Body", "'[' || $s || '](https://portal.example)'", true },
        { "CommunicationContents.Body", "'[text](<https://portal.example/' || $s || '> \"' || $s || '\")'", true },
        { "People.SignInAddress", "$s", false },
        { "Memberships.ContactAddress", "$s", false },
        { "Memberships.EmailLanguage", "$s", true },
        { "OutboxMails.Address", "$s", false },
        { "OutboxMails.Language", "$s", false },
        { "OutboxMails.Workspace", "$s", false },
        { "OutboxMails.Secret", "$s || ' ' || $s", false },
    };

    public static TheoryData<string> Parts => new([.. ChangedParts.Keys]);

    public static TheoryData<string> Settings => new([.. ChangedSettings.Keys]);

    public static TheoryData<string> Notices => new([.. Told.Keys]);

    private static DateTime Now => Support.FixedTime.Start;

    // What reaches the transport, whoever wrote it.
    private static Dictionary<string, Func<OutgoingMail, string, OutgoingMail>> ChangedParts => new()
    {
        [nameof(OutgoingMail.MessageId)] = (mail, hostile) => mail with { MessageId = $"<ob.{hostile}@portal.example>" },
        [nameof(OutgoingMail.EnvelopeFrom)] = (mail, hostile) => mail with { EnvelopeFrom = $"bounces+{hostile}@portal.example" },
        [nameof(OutgoingMail.FromAddress)] = (mail, hostile) => mail with { FromAddress = $"notices@{hostile}" },
        [nameof(OutgoingMail.FromName)] = (mail, hostile) => mail with { FromName = hostile },
        [nameof(OutgoingMail.To)] = (mail, hostile) => mail with { To = hostile },
        ["before the @"] = (mail, hostile) => mail with { To = $"{hostile}@contoso.example" },
        ["behind the @"] = (mail, hostile) => mail with { To = $"anna@{hostile}" },
        [nameof(OutgoingMail.Subject)] = (mail, hostile) => mail with { Subject = hostile },
        [nameof(OutgoingMail.Language)] = (mail, hostile) => mail with { Language = hostile },
        [nameof(OutgoingMail.Text)] = (mail, hostile) => mail with { Text = hostile },
        [nameof(OutgoingMail.Html)] = (mail, hostile) => mail with { Html = hostile },
        ["List-Id"] = (mail, hostile) => mail with { Headers = new Dictionary<string, string> { ["List-Id"] = $"<{hostile}.portal.example>" } },
        ["List-Unsubscribe"] = (mail, hostile) => mail with { Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = $"<{hostile}>" } },
    };

    private static Dictionary<string, Action<MailOptions, string>> ChangedSettings => new()
    {
        [nameof(MailOptions.FromName)] = (options, hostile) => options.FromName = hostile,
        [nameof(MailOptions.FromAddress)] = (options, hostile) => options.FromAddress = hostile,
        [nameof(MailOptions.PromotionalFromAddress)] = (options, hostile) => options.PromotionalFromAddress = hostile,
        [nameof(MailOptions.BounceAddress)] = (options, hostile) => options.BounceAddress = $"bounces@{hostile}",
        [nameof(MailOptions.PostalAddress)] = (options, hostile) => options.PostalAddress = hostile,
        ["a workspace's name"] = (_, _) => { },
    };

    private static Dictionary<string, Func<string, Communication>> Told => new()
    {
        ["who changed roles"] = hostile => PortalNotices.RolesChanged(Member(), [RoleCatalogue.BillingAdmin.Key], [], hostile, Now),
        ["who has new roles, in which organization"] = hostile => PortalNotices.RolesChanged(Member(hostile, hostile), [], [], "Anna", Now),
        ["who became Global admin, and by whom"] = hostile => PortalNotices.GlobalAdminsChanged(Member(), Member(hostile), isOneNow: true, hostile, Now),
        ["who ceased to be Global admin, and by whom"] = hostile => PortalNotices.GlobalAdminsChanged(Member(), Member(hostile), isOneNow: false, hostile, Now),
        ["who invites, to which organization"] = hostile =>
            PortalNotices.Invited(Membership.Invite(OrganizationOf(hostile), new Person("Anna", "anna@contoso.example"), hostile, Now), Now),
        ["who keeps somebody out"] = hostile => PortalNotices.MembershipChanged(Member(organization: hostile), MembershipVerb.Disable, hostile, Now),
        ["what is handed over, by whom, with which note"] = hostile => PortalNotices.HandedOver(Member(), 1, TitledAs(hostile), hostile, hostile, Now),
        ["what is given back, by whom, with which note"] = hostile => PortalNotices.GivenBack(Member(), 1, TitledAs(hostile), hostile, hostile, Now),
        ["who cannot do it any more"] = hostile => PortalNotices.HandOverReleased(Member(), 1, TitledAs(hostile), hostile, Now),
        ["an address to confirm"] = hostile => PortalNotices.ContactToConfirm(Member(organization: hostile), Now),
        ["another contact address"] = hostile => PortalNotices.ContactChanged(Member(), MailAddressRule.Mask(hostile), Now),
        ["who asks for access, and why"] = hostile => PortalNotices.AccessRequested(RequestOf(hostile), WorkspaceCatalogue.BuiltIn, Now),
        ["for which workspace somebody asks"] = hostile =>
        {
            var workspaces = WorkspacesNamed(hostile);
            return PortalNotices.AccessRequested(
                AccessRequest.ForWorkspace(Member(), workspaces.Find(WorkspaceCatalogue.Billing)!, $"!{hostile}", until: null, Now), workspaces, Now);
        },
        ["who grants access, and what they say"] = hostile =>
        {
            var request = RequestOf(hostile);
            request.Approve(RoleCatalogue.BillingAdmin, hostile, hostile, Now);
            return PortalNotices.RequestClosed(request, WorkspaceCatalogue.BuiltIn, Now);
        },
        ["who refuses access, and why"] = hostile =>
        {
            var request = RequestOf(hostile);
            request.Deny(hostile, $"!{hostile}", Now);
            return PortalNotices.RequestClosed(request, WorkspaceCatalogue.BuiltIn, Now);
        },
        ["what a support request is about"] = hostile => SupportNotices.Received(SupportRequestOf(hostile), Now),
        ["who asks in a support request, and what"] = hostile =>
        {
            var request = SupportRequestOf(hostile);
            request.Use(SupportVerb.Ask, SupportSide.Program, hostile, $"!{hostile}", Now);
            return SupportNotices.Changed(request, request.Notes[^1], Now);
        },
        ["a lone Global admin"] = hostile => PortalNotices.SecondAdminMissing(OrganizationOf(hostile), Now),
    };

    public void Dispose()
    {
        _transport.Dispose();
        _relay.Dispose();
    }

    [Fact]
    public void There_are_three_hundred_strings_and_each_is_another() =>
        Assert.Equal(HostileStrings.Count, HostileStrings.All.Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Nothing_that_is_stored_gives_a_mail_another_recipient_or_header(string field, string value, bool alwaysGoes)
    {
        await using var world = await MailWorld.CreateAsync();
        await File.WriteAllBytesAsync(world.DatabaseFile, await Prepared.Value);
        var before = (await world.MailsAsync()).ToDictionary(mail => mail.Id, mail => mail.Address!);
        await AttackAsync(world, field, value);
        world.Transport.Answer = mail => _transport.SendAsync(mail, CancellationToken.None);

        await world.First.DispatchAsync();

        var heard = _relay.Mails.ToLookup(mail => mail.MessageId, StringComparer.Ordinal);
        var sent = 0;
        foreach (var mail in await world.MailsAsync())
        {
            var copies = heard[$"<ob.{mail.MessageKey}@portal.example>"].ToList();
            if (mail.State != MailState.Sent)
            {
                Assert.Empty(copies);
                continue;
            }

            sent++;
            Assert.True(MailAddressRule.TryNormalize(mail.Address, out var to));
            Assert.Equal(to, Assert.Single(copies).Recipient);
            if (!field.EndsWith("Address", StringComparison.Ordinal))
                Assert.Equal(before[mail.Id], mail.Address);
        }

        Assert.Equal(sent, _relay.Mails.Count);
        Assert.InRange(sent, alwaysGoes ? HostileStrings.Count : 1, HostileStrings.Count);
        AssertHarmless();
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task No_part_of_a_mail_gives_it_another_recipient_or_header(string part)
    {
        foreach (var hostile in HostileStrings.All)
        {
            var mail = ChangedParts[part](SampleMail.Plain, hostile);
            var heard = _relay.Mails.Count;

            var answer = await _transport.SendAsync(mail, CancellationToken.None);

            Assert.Equal(answer.Outcome == TransportOutcome.Accepted ? heard + 1 : heard, _relay.Mails.Count);
            if (answer.Outcome != TransportOutcome.Accepted)
                continue;
            Assert.True(MailAddressRule.TryNormalize(mail.To, out var to));
            Assert.Equal(to, _relay.Mails[^1].Recipient);
        }

        AssertHarmless();
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task No_setting_gives_a_mail_another_recipient_or_header(string setting)
    {
        await using var world = await MailWorld.CreateAsync();
        var digest = MailSamples.All.Single(sample => sample.IsDigest);
        var optional = MailSamples.All.First(sample => sample.Kind == CommunicationKind.TransactionalNotification);

        foreach (var hostile in HostileStrings.All)
        {
            foreach (var sample in new[] { digest, optional })
                await TrySendAsync(() => WriteAsync(world, sample, setting, hostile));
        }

        Assert.NotEmpty(_relay.Mails);
        Assert.All(_relay.Mails, mail => Assert.Equal("robin.sample@example.com", mail.Recipient));
        AssertHarmless();
    }

    [Theory]
    [MemberData(nameof(Notices))]
    public async Task Nothing_that_people_say_to_each_other_gives_a_mail_another_recipient_or_header(string notice)
    {
        await using var world = await MailWorld.CreateAsync();
        foreach (var hostile in HostileStrings.All)
        {
            var told = Told[notice](hostile);
            Assert.DoesNotContain(told.Contents, content => content.Title.Any(char.IsControl));
            var composed = await world.First.WithAsync<MailComposer, ComposedMail>(composer => composer.ComposeAsync(About(told.ContentIn(Languages.English))));
            var answer = await _transport.SendAsync(
                SampleMail.Plain with { Subject = composed.Subject, Text = composed.Text, Html = composed.Html }, CancellationToken.None);
            Assert.Equal(TransportOutcome.Accepted, answer.Outcome);
        }

        Assert.Equal(HostileStrings.Count, _relay.Mails.Count);
        Assert.All(_relay.Mails, mail => Assert.Equal(SampleMail.Plain.To, mail.Recipient));
        AssertHarmless();
    }

    [PeerFact(Peer.PythonReader)]
    public async Task Somebody_else_reads_the_same_recipient_and_headers()
    {
        using var reader = new PythonReader();
        await using var world = await MailWorld.CreateAsync();
        var sample = MailSamples.All.Single(sample => sample.IsDigest);
        foreach (var (n, hostile) in HostileStrings.All.Index())
        {
            if (n % 10 == 0)
            {
                foreach (var setting in ChangedSettings.Keys)
                    await TrySendAsync(() => WriteAsync(world, sample, setting, hostile));
            }

            await TrySendAsync(() => Task.FromResult(SampleMail.Plain with
            {
                Subject = hostile,
                FromName = hostile,
                Text = hostile,
                Html = hostile,
                Headers = new Dictionary<string, string> { ["List-Id"] = hostile },
            }));
        }

        foreach (var mail in _relay.Mails)
        {
            var read = await reader.ReadAsync(mail.Content);
            Assert.Equal([["", mail.Recipient!]], read.To);
            Assert.Single(read.From);
            Assert.Empty(read.Others);
            Assert.Equal(mail.HeaderNames, read.Headers.Select(header => header[0]));
            Assert.Equal(2, read.Parts.Count);
            Assert.Empty(read.Defects);
        }
    }

    private static CommunicationMail About(CommunicationContent content) => new()
    {
        Kind = CommunicationKind.AccountMail,
        Title = content.Title,
        Body = content.Body,
        TextLanguage = content.Language,
        Language = content.Language,
        WorkspaceName = "Account settings",
        OrganizationName = "Contoso",
        PersonName = "Anna",
        Page = new Uri("https://portal.example/"),
        Preferences = new Uri("https://portal.example/"),
    };

    private static Organization OrganizationOf(string name) => new("alpine-cloud", name, Now);

    private static Membership Member(string name = "Anna", string organization = "Alpine Cloud") =>
        new(OrganizationOf(organization), new Person(name, "anna@contoso.example"), Now);

    private static SupportRequest SupportRequestOf(string hostile) =>
        new(Member(), new SupportRequestDraft($"!{hostile}", WorkspaceCatalogue.Billing, SupportRequestType.Question, "Why?"), Now);

    private static AccessRequest RequestOf(string hostile) =>
        AccessRequest.ForRole(Member(hostile), RoleCatalogue.BillingAdmin, $"!{hostile}", until: null, Now);

    private static Dictionary<string, string> TitledAs(string hostile) => Languages.All.ToDictionary(language => language, _ => hostile);

    private static WorkspaceCatalogue WorkspacesNamed(string hostile) => new(WorkspaceCatalogue.BuiltIn.All.Select(workspace => workspace.Key == WorkspaceCatalogue.Billing
        ? workspace with { Names = Languages.All.ToDictionary(language => language, _ => hostile) }
        : workspace));

    private static Task<OutgoingMail> WriteAsync(MailWorld world, MailSample sample, string setting, string hostile) =>
        world.First.WithAsync<IServiceProvider, OutgoingMail>(services =>
        {
            var options = new MailOptions();
            ChangedSettings[setting](options, hostile);
            var workspaces = setting == "a workspace's name" ? WorkspacesNamed(hostile) : WorkspaceCatalogue.BuiltIn;
            var writer = new MailWriter(
                services.GetRequiredService<MailComposer>(),
                workspaces,
                services.GetRequiredService<PortalAddress>(),
                services.GetRequiredService<UnsubscribeLinks>(),
                services.GetRequiredService<JoinLinks>(),
                services.GetRequiredService<ResetLinks>(),
                services.GetRequiredService<IStringLocalizer<Vocabulary>>(),
                Options.Create(options),
                world.Time);
            return new MailSamples(writer, services.GetRequiredService<ResetLinks>(), workspaces, services.GetRequiredService<IStringLocalizer<MailTexts>>(), world.Time).WriteAsync(sample, Languages.English);
        });

    private static async Task<byte[]> PrepareAsync()
    {
        await using var world = await MailWorld.CreateAsync();
        var partners = Enumerable.Range(1, HostileStrings.Count).Select(n =>
        {
            var organization = new Organization($"partner-{n}", $"Partner {n}", world.Time.Now);
            organization.Enroll(ProgramCatalogue.Reseller, world.Time.Now);
            var membership = new Membership(organization, new Person($"Member {n}", $"member{n}@partner.example"), world.Time.Now);
            membership.CaughtUp();
            return membership;
        }).ToList();
        await world.First.WriteAsync(db => db.AddRange(partners));
        foreach (var partner in partners)
            partner.Grant(RoleCatalogue.BillingAdmin, "Test", world.Time.Now);
        await world.First.WriteAsync(db => db.UpdateRange(partners));
        await world.First.WriteAsync(db => db.AddRange(partners.Select(partner => Publishing.Create(
            MailWorld.Draft(CommunicationKind.TransactionalNotification) with { Membership = partner.Id },
            new DraftNames(new Dictionary<string, int>(), KeyValuePair.Create(partner.Organization.Key, partner.OrganizationId)),
            new PublishingGrant("Test"),
            world.Time.Now))));
        await world.First.FanOutAsync();

        await world.First.WriteAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"));
        return await File.ReadAllBytesAsync(world.DatabaseFile);
    }

    private static async Task AttackAsync(MailWorld world, string field, string value)
    {
        var (table, column) = (field.Split('.')[0], field.Split('.')[1]);
        var key = table == "CommunicationContents" ? "CommunicationId" : "Id";
        await using var connection = new SqliteConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var also = column switch
        {
            "ContactAddress" => $", ContactState = '{ContactState.Verified}'",
            "Address" => $", AddressSource = '{AddressSource.Own}'",
            _ => "",
        };
        List<long> ids = [];
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"SELECT DISTINCT {key} FROM {table} ORDER BY 1";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                ids.Add(reader.GetInt64(0));
        }

        Assert.Equal(HostileStrings.Count, ids.Count);
        foreach (var (id, hostile) in ids.Zip(HostileStrings.All))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE {table} SET {column} = {value}{also} WHERE {key} = $i";
            if (column == "Language" && table == "CommunicationContents")
                command.CommandText += " AND Language = 'en'";
            command.Parameters.AddWithValue("$s", hostile);
            command.Parameters.AddWithValue("$i", id);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private async Task TrySendAsync(Func<Task<OutgoingMail>> write)
    {
        OutgoingMail mail;
        try
        {
            mail = await write();
        }
        catch (Exception refusal) when (refusal is ArgumentException or FormatException or InvalidOperationException)
        {
            return;
        }

        await _transport.SendAsync(mail, CancellationToken.None);
    }

    private void AssertHarmless()
    {
        Assert.Empty(_relay.Odd);
        foreach (var mail in _relay.Mails)
        {
            Assert.Subset(AllowedHeaders.ToHashSet(), mail.HeaderNames.ToHashSet());
            Assert.Equal(mail.HeaderNames.Count, mail.HeaderNames.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Matches(@"^MAIL FROM:<[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9.-]+>$", mail.Commands[0]);
            Assert.Matches(@"^RCPT TO:<[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9.-]+>$", mail.Commands[1]);
        }
    }
}
