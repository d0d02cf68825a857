using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Mappings;

internal sealed class MailMappings :
    IEntityTypeConfiguration<OutboxMail>,
    IEntityTypeConfiguration<MailEvent>,
    IEntityTypeConfiguration<ForgottenAddress>,
    IEntityTypeConfiguration<ServerInstance>,
    IEntityTypeConfiguration<JobLease>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.Property(mail => mail.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(mail => mail.Occasion).HasMaxLength(Lengths.Key);
        builder.Property(mail => mail.Owner).HasMaxLength(Lengths.Key);
        builder.Property(mail => mail.Language).HasMaxLength(Lengths.Key);
        builder.Property(mail => mail.Address).HasMaxLength(Lengths.Address);
        builder.Property(mail => mail.MessageKey).HasMaxLength(Lengths.Key);
        builder.Property(mail => mail.Subject).HasMaxLength(Lengths.Name);
        builder.Property(mail => mail.LastAnswer).HasMaxLength(Lengths.Note);
        builder.Property(mail => mail.Secret).HasMaxLength(LocalAccount.LongestSealedSecret);
        builder.HasOne<Communication>().WithMany().HasForeignKey(mail => mail.CommunicationId);
        builder.HasOne<Membership>().WithMany().HasForeignKey(mail => mail.MembershipId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(mail => mail.OrganizationId);
        builder.HasOne<ContactVerification>().WithMany().HasForeignKey(mail => mail.ContactVerificationId);
        builder.HasOne<PasswordReset>().WithMany().HasForeignKey(mail => mail.PasswordResetId);
        builder.HasIndex(mail => new { mail.CommunicationId, mail.MembershipId, mail.Occasion }).IsUnique();
        builder.HasOne<OutboxMail>().WithMany().HasForeignKey(mail => mail.DigestId);
        builder.HasIndex(mail => new { mail.State, mail.Urgency, mail.NextAttemptAt, mail.Id });
        builder.HasIndex(mail => new { mail.OrganizationId, mail.Id });
        builder.HasIndex(mail => mail.MessageKey).IsUnique();
        builder.HasIndex(mail => new { mail.CommunicationId, mail.State, mail.Id });
    }

    public void Configure(EntityTypeBuilder<MailEvent> builder)
    {
        builder.Property(known => known.Address).HasMaxLength(Lengths.Address);
        builder.Property(known => known.Detail).HasMaxLength(MailEvent.LongestDetail);
        builder.HasOne<OutboxMail>().WithMany().HasForeignKey(known => known.OutboxMailId);
        builder.HasIndex(known => new { known.OutboxMailId, known.Kind, known.At }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ForgottenAddress> builder)
    {
        builder.HasKey(address => address.AddressHash);
        builder.Property(address => address.AddressHash).HasMaxLength(Lengths.Hash);
    }

    public void Configure(EntityTypeBuilder<ServerInstance> builder) =>
        builder.Property(instance => instance.Id).HasMaxLength(Lengths.Key);

    public void Configure(EntityTypeBuilder<JobLease> builder)
    {
        builder.HasKey(lease => lease.Job);
        builder.Property(lease => lease.Job).HasMaxLength(Lengths.Key);
        builder.Property(lease => lease.Owner).HasMaxLength(Lengths.Key);
    }
}
