using System.Linq.Expressions;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Shell.Access;

/// <summary>A session as its person, or who runs the program, sees it.</summary>
/// <param name="Key">What names it in a form: the hash of its id, from which nobody gets to the id.</param>
/// <param name="Browser">The family of browsers that it began in; null if it is not known.</param>
/// <param name="System">The operating system; null if it is not known.</param>
/// <param name="Network">The network address without its end; null if it is not known.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="LastUsedAt">When it was last used, in UTC, give or take five minutes.</param>
public sealed record SessionRow(string Key, string? Browser, string? System, string? Network, DateTime StartedAt, DateTime LastUsedAt)
{
    /// <summary>Reads a row of the database.</summary>
    public static Expression<Func<SignInSession, SessionRow>> Of { get; } =
        session => new SessionRow(session.IdHash, session.Browser, session.System, session.Network, session.CreatedAt, session.LastSeenAt);
}

/// <summary>Which sessions are there.</summary>
public static class LivingSessions
{
    public static IQueryable<SignInSession> OfPerson(this IQueryable<SignInSession> sessions, int personId, DateTime now)
    {
        var (lastSeen, begun) = (now - SignInSession.LongestIdle, now - SignInSession.Longest);
        return sessions
            .Where(session => session.PersonId == personId && session.LastSeenAt > lastSeen && session.CreatedAt > begun)
            .OrderByDescending(session => session.LastSeenAt)
            .ThenBy(session => session.IdHash);
    }
}
