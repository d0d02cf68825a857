using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Data.KeyRing;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Data.Mappings;

internal sealed class AccessMappings :
    IEntityTypeConfiguration<SignInSession>,
    IEntityTypeConfiguration<ApiKey>,
    IEntityTypeConfiguration<ApiKeyLimit>,
    IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.HasKey(session => session.IdHash);
        builder.Property(session => session.IdHash).HasMaxLength(Lengths.Hash);
        builder.HasOne(session => session.Person).WithMany().HasForeignKey(session => session.PersonId);
    }

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(key => key.Id).HasMaxLength(Lengths.Key);
        builder.Property(key => key.SecretHash).HasMaxLength(Lengths.Hash);
        builder.Property(key => key.Name).HasMaxLength(Lengths.Name);
        builder.HasMany(key => key.Limits).WithOne().HasForeignKey(limit => limit.ApiKeyId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<ApiKeyLimit> builder)
    {
        builder.ToTable("ApiKeyLimits");
        builder.Property(limit => limit.ApiKeyId).HasMaxLength(Lengths.Key);
        builder.Property(limit => limit.Value).HasMaxLength(Lengths.Key);
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.HasKey(key => key.FriendlyName);
        builder.Property(key => key.FriendlyName).HasMaxLength(Lengths.Name);
    }
}
