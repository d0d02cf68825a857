using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Tests.Audit;

public sealed class AuditTopicTableTests
{
    [Theory]
    [InlineData(AuditAction.RoleGranted, AuditTopic.Role)]
    [InlineData(AuditAction.AccessRequested, AuditTopic.RoleOrWorkspace)]
    [InlineData(AuditAction.ReviewStarted, AuditTopic.RoleOrWorkspace)]
    [InlineData(AuditAction.ProgramLeft, AuditTopic.Program)]
    [InlineData(AuditAction.LocationAdded, AuditTopic.Plain)]
    [InlineData(AuditAction.MemberInvited, AuditTopic.Plain)]
    public void The_topic_of_an_action_is_one_thing(AuditAction action, AuditTopic topic) => Assert.Equal(topic, AuditTopicTable.Of(action));

    [Fact]
    public void Whatever_is_named_after_a_role_or_a_program_is_about_one() =>
        Assert.All(Enum.GetValues<AuditAction>(), action => Assert.Equal(
            $"{action}".StartsWith("Role", StringComparison.Ordinal) ? AuditTopic.Role
            : $"{action}".StartsWith("Program", StringComparison.Ordinal) ? AuditTopic.Program
            : AuditTopicTable.Of(action),
            AuditTopicTable.Of(action)));
}
