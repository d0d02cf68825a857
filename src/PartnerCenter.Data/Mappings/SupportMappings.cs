using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Data.Mappings;

internal sealed class SupportMappings : IEntityTypeConfiguration<SupportRequest>, IEntityTypeConfiguration<SupportNote>
{
    public void Configure(EntityTypeBuilder<SupportRequest> builder)
    {
        builder.Property(request => request.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(request => request.Summary).HasMaxLength(SupportRequest.LongestSummary);
        builder.Property(request => request.Details).HasMaxLength(SupportRequest.LongestText);
        builder.HasOne(request => request.Requester).WithMany().HasForeignKey(request => request.MembershipId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(request => request.OrganizationId);
        builder.HasMany(request => request.Notes).WithOne().HasForeignKey(note => note.SupportRequestId).IsRequired();
        builder.HasIndex(request => new { request.OrganizationId, request.ChangedAt });
        builder.HasIndex(request => new { request.MembershipId, request.ChangedAt });
        builder.HasIndex(request => new { request.State, request.ChangedAt });
    }

    public void Configure(EntityTypeBuilder<SupportNote> builder)
    {
        builder.ToTable("SupportNotes");
        builder.Property(note => note.By).HasMaxLength(Lengths.Name);
        builder.Property(note => note.Text).HasMaxLength(SupportRequest.LongestText);
    }
}
