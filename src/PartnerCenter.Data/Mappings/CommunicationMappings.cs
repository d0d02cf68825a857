using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Mappings;

internal sealed class CommunicationMappings :
    IEntityTypeConfiguration<Communication>,
    IEntityTypeConfiguration<CommunicationContent>,
    IEntityTypeConfiguration<CommunicationTarget>,
    IEntityTypeConfiguration<MemberState>,
    IEntityTypeConfiguration<Completion>,
    IEntityTypeConfiguration<CommunicationStep>,
    IEntityTypeConfiguration<HandOver>,
    IEntityTypeConfiguration<ReminderRound>,
    IEntityTypeConfiguration<FeedLink>,
    IEntityTypeConfiguration<IdempotentRequest>
{
    private const int AddresseeLength = 80;
    private const string OnlyLive = "Live = 1";

    public void Configure(EntityTypeBuilder<Communication> builder)
    {
        builder.Property(communication => communication.Workspace).HasMaxLength(Lengths.Key);
        builder.Property(communication => communication.PublishedBy).HasMaxLength(Lengths.Name);
        builder.Property(communication => communication.Link).HasMaxLength(Lengths.Link);
        builder.HasMany(communication => communication.Contents).WithOne().HasForeignKey(content => content.CommunicationId).IsRequired();
        builder.HasMany(communication => communication.Targets).WithOne(target => target.Communication).HasForeignKey(target => target.CommunicationId);
        builder.Property(communication => communication.Topic).HasMaxLength(Lengths.Key);
        builder.HasIndex(communication => communication.Topic);
        builder.HasIndex(communication => new { communication.FannedOutAt, communication.Id });
        builder.HasIndex(communication => new { communication.Kind, communication.DueAt });
        builder.HasIndex(communication => communication.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<CommunicationContent> builder)
    {
        builder.HasKey(content => new { content.CommunicationId, content.Language });
        builder.Property(content => content.Language).HasMaxLength(8);
        builder.Property(content => content.Title).HasMaxLength(Lengths.Title);
    }

    public void Configure(EntityTypeBuilder<CommunicationTarget> builder)
    {
        builder.HasKey(target => new { target.Addressee, target.CommunicationId });
        builder.Property(target => target.Addressee).HasMaxLength(AddresseeLength);
        builder.Property(target => target.Role).HasMaxLength(Lengths.Key);
        builder.Property(target => target.Workspace).HasMaxLength(Lengths.Key);
        builder.HasOne<Organization>().WithMany().HasForeignKey(target => target.OrganizationId);
        builder.HasOne<Membership>().WithMany().HasForeignKey(target => target.MembershipId);

        // Equality first, then the sort column: a range column before it would cost a scan of all that ever was. Only what is
        // live is in these indexes, so that history makes no list and no count slower.
        builder.HasIndex(target => new { target.Addressee, target.Kind, target.DueAt, target.CommunicationId })
            .HasFilter(OnlyLive)
            .HasDatabaseName("IX_CommunicationTargets_ByDue");
        builder.HasIndex(target => new { target.Addressee, target.Kind, target.CommunicationId })
            .HasFilter(OnlyLive)
            .HasDatabaseName("IX_CommunicationTargets_ByNewest");
    }

    public void Configure(EntityTypeBuilder<MemberState> builder)
    {
        builder.HasKey(state => new { state.MembershipId, state.CommunicationId });
        builder.HasOne<Membership>().WithMany().HasForeignKey(state => state.MembershipId);
        builder.HasOne<Communication>().WithMany().HasForeignKey(state => state.CommunicationId);
        builder.HasIndex(state => new { state.MembershipId, state.ArchivedAt });
    }

    public void Configure(EntityTypeBuilder<Completion> builder)
    {
        builder.HasKey(completion => new { completion.CompletedFor, completion.CommunicationId });
        builder.Property(completion => completion.CompletedFor).HasMaxLength(Lengths.Key);
        builder.Property(completion => completion.CompletedBy).HasMaxLength(Lengths.Name);
        builder.Property(completion => completion.Note).HasMaxLength(Lengths.Note);
        builder.HasOne<Communication>().WithMany().HasForeignKey(completion => completion.CommunicationId);
        builder.HasIndex(completion => new { completion.CompletedFor, completion.CompletedAt });
    }

    public void Configure(EntityTypeBuilder<CommunicationStep> builder)
    {
        builder.Property(step => step.By).HasMaxLength(Lengths.Name);
        builder.Property(step => step.To).HasMaxLength(Lengths.Name);
        builder.Property(step => step.Note).HasMaxLength(Lengths.Note);
        builder.HasOne<Communication>().WithMany().HasForeignKey(step => step.CommunicationId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(step => step.OrganizationId);
        builder.HasOne<Membership>().WithMany().HasForeignKey(step => step.OnlyForMembershipId);
        builder.HasIndex(step => new { step.CommunicationId, step.OrganizationId });
    }

    public void Configure(EntityTypeBuilder<HandOver> builder)
    {
        builder.HasKey(handOver => new { handOver.OrganizationId, handOver.CommunicationId });
        builder.HasOne<Communication>().WithMany().HasForeignKey(handOver => handOver.CommunicationId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(handOver => handOver.OrganizationId);
        builder.HasOne<Membership>().WithMany().HasForeignKey(handOver => handOver.FromMembershipId);
        builder.HasOne<Membership>().WithMany().HasForeignKey(handOver => handOver.ToMembershipId);
    }

    public void Configure(EntityTypeBuilder<ReminderRound> builder)
    {
        builder.HasKey(round => new { round.CommunicationId, round.Stage });
        builder.Property(round => round.Stage).HasMaxLength(Lengths.Key);
        builder.HasOne<Communication>().WithMany().HasForeignKey(round => round.CommunicationId);
        builder.HasIndex(round => round.CompletedAt);
    }

    public void Configure(EntityTypeBuilder<FeedLink> builder)
    {
        builder.HasKey(link => new { link.MembershipId, link.Kind });
        builder.Property(link => link.SecretHash).HasMaxLength(Lengths.Hash);
        builder.HasOne<Membership>().WithMany().HasForeignKey(link => link.MembershipId);
        builder.HasIndex(link => link.SecretHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
    {
        builder.HasKey(request => new { request.ApiKeyId, request.Key });
        builder.Property(request => request.ApiKeyId).HasMaxLength(Lengths.Key);
        builder.Property(request => request.Key).HasMaxLength(Lengths.Name);
        builder.Property(request => request.BodyHash).HasMaxLength(Lengths.Hash);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(request => request.ApiKeyId);
        builder.HasOne(request => request.Communication).WithMany().HasForeignKey(request => request.CommunicationId);
    }
}
