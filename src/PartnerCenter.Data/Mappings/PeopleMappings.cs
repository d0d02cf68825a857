using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Mappings;

internal sealed class PeopleMappings :
    IEntityTypeConfiguration<Person>,
    IEntityTypeConfiguration<Membership>,
    IEntityTypeConfiguration<RoleAssignment>,
    IEntityTypeConfiguration<OptOut>,
    IEntityTypeConfiguration<PreferenceChange>,
    IEntityTypeConfiguration<ContactVerification>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.Property(person => person.Name).HasMaxLength(Lengths.Name);
        builder.Property(person => person.SignInAddress).HasMaxLength(Lengths.Address);
        builder.Property(person => person.NormalizedSignInAddress).HasMaxLength(Lengths.Address);
        builder.Property(person => person.Language).HasMaxLength(Lengths.Key);
        builder.HasIndex(person => person.NormalizedSignInAddress).IsUnique();
        builder.HasOne<Organization>().WithMany().HasForeignKey(person => person.DefaultOrganizationId);
    }

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.HasOne(membership => membership.Organization).WithMany().HasForeignKey(membership => membership.OrganizationId);
        builder.HasOne(membership => membership.Person).WithMany().HasForeignKey(membership => membership.PersonId);
        builder.HasMany(membership => membership.Roles).WithOne().HasForeignKey(assignment => assignment.MembershipId).IsRequired();
        builder.HasMany(membership => membership.OptOuts).WithOne().HasForeignKey(optOut => optOut.MembershipId).IsRequired();
        builder.HasMany(membership => membership.PreferenceChanges).WithOne().HasForeignKey(change => change.MembershipId).IsRequired();
        builder.Property(membership => membership.Status).HasDefaultValue(MembershipStatus.Active);
        builder.Property(membership => membership.InvitedBy).HasMaxLength(Lengths.Name);
        builder.Property(membership => membership.JobTitle).HasMaxLength(Lengths.Name);
        builder.Property(membership => membership.EmailLanguage).HasMaxLength(Lengths.Key);
        builder.Property(membership => membership.TimeZone).HasMaxLength(Lengths.Key);
        builder.Property(membership => membership.PinnedTiles).HasMaxLength(Lengths.Note);
        builder.Property(membership => membership.ContactAddress).HasMaxLength(Lengths.Address);
        builder.Property(membership => membership.PendingContact).HasMaxLength(Lengths.Address);
        builder.HasIndex(membership => new { membership.PersonId, membership.OrganizationId }).IsUnique();
        builder.HasIndex(membership => new { membership.OrganizationId, membership.Id });
        builder.HasIndex(membership => new { membership.MustCatchUp, membership.Id });
        builder.Ignore(membership => membership.RestorableUntil);
        builder.Ignore(membership => membership.IsLastingGlobalAdmin);
    }

    public void Configure(EntityTypeBuilder<RoleAssignment> builder)
    {
        builder.ToTable("RoleAssignments");
        builder.Property(assignment => assignment.Role).HasMaxLength(Lengths.Key);
        builder.Property(assignment => assignment.GrantedBy).HasMaxLength(Lengths.Name);
        builder.HasOne(assignment => assignment.Location).WithMany().HasForeignKey(assignment => assignment.LocationId);
        builder.HasIndex(assignment => new { assignment.Role, assignment.MembershipId });
        builder.HasIndex(assignment => assignment.EndsAt);
    }

    public void Configure(EntityTypeBuilder<OptOut> builder)
    {
        builder.Property(optOut => optOut.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(optOut => optOut.DecidedBy).HasDefaultValue(ChangedBy.MyPreferences);
        builder.HasIndex(optOut => new { optOut.MembershipId, optOut.Kind, optOut.Workspace }).IsUnique();

        // To SQLite no null is like another, so the row of all workspaces needs an index of its own.
        builder.HasIndex(optOut => new { optOut.MembershipId, optOut.Kind })
            .IsUnique()
            .HasFilter("Workspace IS NULL")
            .HasDatabaseName("IX_OptOuts_OfAllWorkspaces");
    }

    public void Configure(EntityTypeBuilder<PreferenceChange> builder)
    {
        builder.Property(change => change.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(change => change.Before).HasMaxLength(Lengths.Address);
        builder.Property(change => change.After).HasMaxLength(Lengths.Address);
        builder.HasIndex(change => new { change.MembershipId, change.Id });
    }

    public void Configure(EntityTypeBuilder<ContactVerification> builder)
    {
        builder.Property(verification => verification.Address).HasMaxLength(Lengths.Address);
        builder.Property(verification => verification.TokenHash).HasMaxLength(Lengths.Hash);
        builder.Property(verification => verification.CodeHash).HasMaxLength(Lengths.Hash);
        builder.HasOne<Membership>().WithMany().HasForeignKey(verification => verification.MembershipId);
        builder.HasIndex(verification => verification.TokenHash).IsUnique();
        builder.HasIndex(verification => new { verification.MembershipId, verification.SentAt });
    }
}
