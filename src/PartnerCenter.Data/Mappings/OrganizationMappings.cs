using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Mappings;

internal sealed class OrganizationMappings :
    IEntityTypeConfiguration<Organization>, IEntityTypeConfiguration<ProgramEnrollment>, IEntityTypeConfiguration<Location>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.Property(organization => organization.Key).HasMaxLength(Lengths.Key);
        builder.Property(organization => organization.Name).HasMaxLength(Lengths.Name);
        builder.Property(organization => organization.AuditHead).HasMaxLength(Lengths.Hash);
        builder.Ignore(organization => organization.ActivePrograms);
        builder.HasIndex(organization => organization.Key).IsUnique();
        builder.HasMany(organization => organization.Enrollments).WithOne().HasForeignKey(enrollment => enrollment.OrganizationId).IsRequired();
        builder.HasMany(organization => organization.Locations).WithOne().HasForeignKey(location => location.OrganizationId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<ProgramEnrollment> builder)
    {
        builder.ToTable("ProgramEnrollments");
        builder.Property(enrollment => enrollment.Program).HasMaxLength(Lengths.Key);
        builder.HasIndex(enrollment => new { enrollment.OrganizationId, enrollment.Program }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Location> builder)
    {
        builder.ToTable("Locations");
        builder.Property(location => location.Name).HasMaxLength(Lengths.Name);
        builder.Property(location => location.City).HasMaxLength(Lengths.Name);
        builder.Property(location => location.Country).HasMaxLength(2);
    }
}
