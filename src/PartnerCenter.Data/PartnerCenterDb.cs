using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PartnerCenter.Data.KeyRing;
using PartnerCenter.Data.Mappings;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Data;

/// <summary>The database, as both engines share it. What an engine does its own way stands in the subclass for it.</summary>
public abstract class PartnerCenterDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    public DbSet<ExternalIdentity> ExternalIdentities => Set<ExternalIdentity>();

    public DbSet<SpentNonce> SpentNonces => Set<SpentNonce>();

    public DbSet<LocalAccount> LocalAccounts => Set<LocalAccount>();

    public DbSet<SignInAttempts> SignInAttempts => Set<SignInAttempts>();

    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();

    public DbSet<TrustedTenant> TrustedTenants => Set<TrustedTenant>();

    public DbSet<AccessRequest> AccessRequests => Set<AccessRequest>();

    public DbSet<AccessReview> AccessReviews => Set<AccessReview>();

    public DbSet<SupportRequest> SupportRequests => Set<SupportRequest>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Communication> Communications => Set<Communication>();

    public DbSet<CommunicationContent> CommunicationContents => Set<CommunicationContent>();

    public DbSet<CommunicationTarget> CommunicationTargets => Set<CommunicationTarget>();

    public DbSet<MemberState> MemberStates => Set<MemberState>();

    public DbSet<Completion> Completions => Set<Completion>();

    public DbSet<CommunicationStep> CommunicationSteps => Set<CommunicationStep>();

    public DbSet<HandOver> HandOvers => Set<HandOver>();

    public DbSet<ReminderRound> ReminderRounds => Set<ReminderRound>();

    public DbSet<FeedLink> FeedLinks => Set<FeedLink>();

    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    public DbSet<OptOut> OptOuts => Set<OptOut>();

    public DbSet<PreferenceChange> PreferenceChanges => Set<PreferenceChange>();

    public DbSet<ContactVerification> ContactVerifications => Set<ContactVerification>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<MailEvent> MailEvents => Set<MailEvent>();

    public DbSet<ForgottenAddress> ForgottenAddresses => Set<ForgottenAddress>();

    public DbSet<ServerInstance> ServerInstances => Set<ServerInstance>();

    public DbSet<JobLease> JobLeases => Set<JobLease>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Runs several saves as one: all of them count, or none.</summary>
    /// <param name="work">What is to be done; it may run again if the connection was lost.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellation = default) =>
        Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            using var turn = await EnterTransactionAsync(cancellation);
            await using var transaction = await Database.BeginTransactionAsync(cancellation);
            var result = await work();
            await transaction.CommitAsync(cancellation);
            return result;
        });

    /// <summary>
    /// Lets one process at a time change the schema and what belongs to it: instances that start together would each add the same table.
    /// The lock ends when it is disposed of, or with its process.
    /// </summary>
    /// <exception cref="TimeoutException">Somebody else has held it for too long.</exception>
    public abstract Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellation = default);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Writes wait for their turn: use SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseToRewriteTheLog();
        RaiseVersions();
        if (Database.CurrentTransaction is not null)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        var rows = await SaveInTurnAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken), cancellationToken);
        if (acceptAllChangesOnSuccess)
            ChangeTracker.AcceptAllChanges();
        return rows;
    }

    /// <summary>Waits until this context may begin a transaction. Engines that let many write at once answer straight away.</summary>
    protected virtual Task<IDisposable?> EnterTransactionAsync(CancellationToken cancellation) => Task.FromResult<IDisposable?>(null);

    /// <summary>Saves when it is this context's turn. Engines that let many write at once save straight away.</summary>
    protected virtual Task<int> SaveInTurnAsync(Func<Task<int>> save, CancellationToken cancellation) => save();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<CommunicationKind>().HaveConversion<CommunicationKindConverter>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<CompletionScope>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<StepKind>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<FeedKind>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<ContactState>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<PreferenceTopic>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<ChangedBy>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<VerificationState>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<MembershipStatus>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<AccessRequestState>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<ReviewDecision>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<SupportState>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<SupportRequestType>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<SupportVerb>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<SupportSide>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<AuditAction>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<ApiKeyPurpose>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<MailEventKind>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<ApiKeyLimitOf>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<MailState>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<AddressSource>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
        configurationBuilder.Properties<SuppressionReason>().HaveConversion<string>().HaveMaxLength(Lengths.Key);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PartnerCenterDb).Assembly);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            // SQL Server refuses two cascade paths to one table; deleting is done by name, never by accident.
            foreach (var key in entity.GetForeignKeys().Where(key => key.DeleteBehavior == DeleteBehavior.Cascade))
                key.DeleteBehavior = DeleteBehavior.ClientCascade;

            if (entity.FindProperty(VersionProperty) is { } version)
                version.IsConcurrencyToken = true;
        }
    }

    private const string VersionProperty = "Version";

    private void RefuseToRewriteTheLog()
    {
        var entries = ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State is EntityState.Modified or EntityState.Deleted).ToList();
        if (entries.Exists(entry => entry.State == EntityState.Deleted || !IsErasure(entry)))
            throw new InvalidOperationException("An entry of the activity log is written once and never changed.");
    }

    // Somebody is taken out of it, and the same save proves what it says from now on.
    private bool IsErasure(EntityEntry<AuditEntry> entry) =>
        entry.Entity.IsErased
        && entry.Properties.Where(property => property.IsModified).All(property => ActivityLog.Erasable.Contains(property.Metadata.Name))
        && ChangeTracker.Entries<AuditEntry>().Any(proof =>
            proof.State == EntityState.Added && proof.Entity.Action == AuditAction.PersonErased && proof.Entity.OrganizationId == entry.Entity.OrganizationId);

    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State == EntityState.Modified))
        {
            if (entry.Metadata.FindProperty(VersionProperty) is not null)
                entry.Property(VersionProperty).CurrentValue = (int)entry.Property(VersionProperty).OriginalValue! + 1;
        }
    }
}
