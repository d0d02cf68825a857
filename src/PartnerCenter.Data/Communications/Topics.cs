using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>Finds again what the portal itself has told.</summary>
internal static class Topics
{
    /// <summary>What was told about a topic and not taken back, with its targets, to be changed.</summary>
    public static IQueryable<Communication> About(this PartnerCenterDb db, string topic) => Told(db).Where(communication => communication.Topic == topic);

    /// <inheritdoc cref="About(PartnerCenterDb, string)"/>
    public static IQueryable<Communication> About(this PartnerCenterDb db, IReadOnlyCollection<string> topics) =>
        Told(db).Where(communication => topics.Contains(communication.Topic!));

    /// <summary>Takes back what was told about a topic; a mail that still waits is not sent.</summary>
    public static async Task WithdrawTopicAsync(this PartnerCenterDb db, string topic, DateTime now, CancellationToken cancellation)
    {
        foreach (var communication in await db.About(topic).ToListAsync(cancellation))
            communication.Withdraw(now);
    }

    private static IQueryable<Communication> Told(PartnerCenterDb db) => db.Communications
        .Include(communication => communication.Targets)
        .Where(communication => communication.WithdrawnAt == null);
}
