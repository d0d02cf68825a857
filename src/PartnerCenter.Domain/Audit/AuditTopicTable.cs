using static PartnerCenter.Domain.Audit.AuditAction;

namespace PartnerCenter.Domain.Audit;

/// <summary>The table of what the topic of an entry is, so that a reader is shown its name and not its key.</summary>
public static class AuditTopicTable
{
    private static readonly Dictionary<AuditAction, AuditTopic> Rows = new()
    {
        [RoleGranted] = AuditTopic.Role,
        [RoleRevoked] = AuditTopic.Role,
        [RoleEnded] = AuditTopic.Role,
        [AccessRequested] = AuditTopic.RoleOrWorkspace,
        [AccessRequestApproved] = AuditTopic.RoleOrWorkspace,
        [AccessRequestDenied] = AuditTopic.RoleOrWorkspace,
        [AccessRequestWithdrawn] = AuditTopic.RoleOrWorkspace,
        [AccessRequestExpired] = AuditTopic.RoleOrWorkspace,
        [ReviewStarted] = AuditTopic.RoleOrWorkspace,
        [ReviewDecided] = AuditTopic.Role,
        [ReviewClosed] = AuditTopic.RoleOrWorkspace,
        [ProgramEnrolled] = AuditTopic.Program,
        [ProgramSuspended] = AuditTopic.Program,
        [ProgramResumed] = AuditTopic.Program,
        [ProgramLeft] = AuditTopic.Program,
        [OrganizationRecovered] = AuditTopic.Role,
    };

    /// <summary>What the topic of an entry about this action is.</summary>
    public static AuditTopic Of(AuditAction action) => Rows.GetValueOrDefault(action, AuditTopic.Plain);
}

/// <summary>What the topic of an entry is.</summary>
public enum AuditTopic
{
    /// <summary>A text as it is, such as the name of a location.</summary>
    Plain,

    /// <summary>The key of a role.</summary>
    Role,

    /// <summary>The key of a role, or of a workspace.</summary>
    RoleOrWorkspace,

    /// <summary>The key of a program; some workspaces have the same key.</summary>
    Program,
}
