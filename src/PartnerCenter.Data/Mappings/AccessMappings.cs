using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Data.KeyRing;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Mappings;

internal sealed class AccessMappings :
    IEntityTypeConfiguration<SignInSession>,
    IEntityTypeConfiguration<ExternalIdentity>,
    IEntityTypeConfiguration<SpentNonce>,
    IEntityTypeConfiguration<LocalAccount>,
    IEntityTypeConfiguration<RecoveryCode>,
    IEntityTypeConfiguration<SignInAttempts>,
    IEntityTypeConfiguration<PasswordReset>,
    IEntityTypeConfiguration<TrustedTenant>,
    IEntityTypeConfiguration<ApiKey>,
    IEntityTypeConfiguration<ApiKeyLimit>,
    IEntityTypeConfiguration<AccessRequest>,
    IEntityTypeConfiguration<AccessReview>,
    IEntityTypeConfiguration<AccessReviewItem>,
    IEntityTypeConfiguration<DataProtectionKey>
{
    // "workspace/" and a key.
    private const int OpenForLength = 80;

    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.HasKey(session => session.IdHash);
        builder.Property(session => session.IdHash).HasMaxLength(Lengths.Hash);
        builder.Property(session => session.Browser).HasMaxLength(SessionOrigin.Longest);
        builder.Property(session => session.System).HasMaxLength(SessionOrigin.Longest);
        builder.Property(session => session.Network).HasMaxLength(SessionOrigin.Longest);
        builder.HasOne(session => session.Person).WithMany().HasForeignKey(session => session.PersonId);
        builder.Property(session => session.Provider).HasMaxLength(Lengths.Key);
        builder.Property(session => session.Tenant).HasMaxLength(Lengths.Key);
        builder.Property(session => session.ProviderSession).HasMaxLength(ProviderProof.Longest);
        builder.Property(session => session.SignOutHint).HasMaxLength(ProviderProof.Longest);
        builder.Ignore(session => session.Proof);
        builder.HasIndex(session => session.ProviderSession);
    }

    public void Configure(EntityTypeBuilder<ExternalIdentity> builder)
    {
        builder.HasKey(identity => identity.KeyHash);
        builder.Property(identity => identity.KeyHash).HasMaxLength(Lengths.Hash);
        builder.Property(identity => identity.Issuer).HasMaxLength(ExternalIdentity.LongestIssuer);
        builder.Property(identity => identity.Subject).HasMaxLength(ExternalIdentity.LongestSubject);
        builder.HasOne(identity => identity.Person).WithMany().HasForeignKey(identity => identity.PersonId);
    }

    public void Configure(EntityTypeBuilder<SpentNonce> builder)
    {
        builder.HasKey(nonce => nonce.NonceHash);
        builder.Property(nonce => nonce.NonceHash).HasMaxLength(Lengths.Hash);
        builder.HasIndex(nonce => nonce.SpentAt);
    }

    public void Configure(EntityTypeBuilder<LocalAccount> builder)
    {
        builder.HasKey(account => account.PersonId);
        builder.Property(account => account.PersonId).ValueGeneratedNever();
        builder.HasOne(account => account.Person).WithOne().HasForeignKey<LocalAccount>(account => account.PersonId);
        builder.Property(account => account.PasswordHash).HasMaxLength(LocalAccount.LongestPasswordHash);
        builder.Property(account => account.AppSecret).HasMaxLength(LocalAccount.LongestSealedSecret);
        builder.Property(account => account.NewAppSecret).HasMaxLength(LocalAccount.LongestSealedSecret);
        builder.Property(account => account.RecoverySalt).HasMaxLength(Lengths.Key);
        builder.HasMany(account => account.RecoveryCodes).WithOne().HasForeignKey(code => code.PersonId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.HasKey(code => new { code.PersonId, code.Hash });
        builder.Property(code => code.Hash).HasMaxLength(Lengths.Hash);
    }

    public void Configure(EntityTypeBuilder<SignInAttempts> builder)
    {
        builder.HasKey(attempts => attempts.NameHash);
        builder.Property(attempts => attempts.NameHash).HasMaxLength(Lengths.Hash);
        builder.HasIndex(attempts => attempts.LastAt);
    }

    public void Configure(EntityTypeBuilder<PasswordReset> builder)
    {
        builder.Property(reset => reset.SecretHash).HasMaxLength(Lengths.Hash);
        builder.HasOne<Person>().WithMany().HasForeignKey(reset => reset.PersonId);
        builder.HasIndex(reset => reset.SecretHash).IsUnique();
        builder.HasIndex(reset => new { reset.PersonId, reset.AskedAt });
    }

    public void Configure(EntityTypeBuilder<TrustedTenant> builder)
    {
        builder.HasKey(tenant => tenant.Tenant);
        builder.Property(tenant => tenant.Tenant).HasMaxLength(Lengths.Key);
        builder.HasOne(tenant => tenant.Organization).WithMany().HasForeignKey(tenant => tenant.OrganizationId);
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(key => key.Id).HasMaxLength(Lengths.Key);
        builder.Property(key => key.SecretHash).HasMaxLength(Lengths.Hash);
        builder.Property(key => key.Name).HasMaxLength(Lengths.Name);

        // Keys from before there were others were made for publishing.
        builder.Property(key => key.Purpose).HasDefaultValue(ApiKeyPurpose.Publishing);
        builder.HasMany(key => key.Limits).WithOne().HasForeignKey(limit => limit.ApiKeyId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<ApiKeyLimit> builder)
    {
        builder.ToTable("ApiKeyLimits");
        builder.Property(limit => limit.ApiKeyId).HasMaxLength(Lengths.Key);
        builder.Property(limit => limit.Value).HasMaxLength(Lengths.Key);
    }

    public void Configure(EntityTypeBuilder<AccessRequest> builder)
    {
        builder.Property(request => request.Role).HasMaxLength(Lengths.Key);
        builder.Property(request => request.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(request => request.OpenFor).HasMaxLength(OpenForLength);
        builder.Property(request => request.Reason).HasMaxLength(AccessRequest.LongestReason);
        builder.Property(request => request.DecidedBy).HasMaxLength(Lengths.Name);
        builder.Property(request => request.Answer).HasMaxLength(AccessRequest.LongestReason);
        builder.HasOne(request => request.Requester).WithMany().HasForeignKey(request => request.MembershipId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(request => request.OrganizationId);
        builder.HasIndex(request => new { request.MembershipId, request.OpenFor }).IsUnique();
        builder.HasIndex(request => new { request.OrganizationId, request.State, request.CreatedAt });
    }

    public void Configure(EntityTypeBuilder<AccessReview> builder)
    {
        builder.Property(review => review.Role).HasMaxLength(Lengths.Key);
        builder.Property(review => review.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(review => review.StartedBy).HasMaxLength(Lengths.Name);
        builder.Property(review => review.ClosedBy).HasMaxLength(Lengths.Name);
        builder.HasOne<Organization>().WithMany().HasForeignKey(review => review.OrganizationId);
        builder.HasMany(review => review.Items).WithOne().HasForeignKey(item => item.AccessReviewId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<AccessReviewItem> builder)
    {
        builder.ToTable("AccessReviewItems");
        builder.Property(item => item.MemberName).HasMaxLength(Lengths.Name);
        builder.Property(item => item.MemberAddress).HasMaxLength(Lengths.Address);
        builder.Property(item => item.Role).HasMaxLength(Lengths.Key);
        builder.Property(item => item.Location).HasMaxLength(Lengths.Name);
        builder.Property(item => item.GrantedBy).HasMaxLength(Lengths.Name);
        builder.Property(item => item.DecidedBy).HasMaxLength(Lengths.Name);
        builder.HasOne<Membership>().WithMany().HasForeignKey(item => item.MembershipId);
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.HasKey(key => key.FriendlyName);
        builder.Property(key => key.FriendlyName).HasMaxLength(Lengths.Name);
    }
}
