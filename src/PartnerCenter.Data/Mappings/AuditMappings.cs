using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Mappings;

internal sealed class AuditMappings : IEntityTypeConfiguration<AuditEntry>
{
    private const int NetworkAddressLength = 64;

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // The key is also what makes two changes at one instant impossible: both would write the same number.
        builder.HasKey(entry => new { entry.OrganizationId, entry.Number });
        builder.HasOne<Organization>().WithMany().HasForeignKey(entry => entry.OrganizationId);
        builder.Property(entry => entry.Actor).HasMaxLength(Lengths.Name);
        builder.Property(entry => entry.From).HasMaxLength(NetworkAddressLength);
        builder.Property(entry => entry.Subject).HasMaxLength(Lengths.Name);
        builder.Property(entry => entry.Topic).HasMaxLength(Lengths.Name);
        builder.Property(entry => entry.Before).HasMaxLength(Lengths.Note);
        builder.Property(entry => entry.After).HasMaxLength(Lengths.Note);
        builder.Property(entry => entry.Note).HasMaxLength(Lengths.Note);
        builder.Property(entry => entry.Hash).HasMaxLength(Lengths.Hash);
        builder.HasIndex(entry => new { entry.OrganizationId, entry.At });
        builder.HasIndex(entry => new { entry.OrganizationId, entry.SubjectMembershipId });
    }
}
