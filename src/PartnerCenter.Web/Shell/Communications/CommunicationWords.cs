using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Shell.Communications;

/// <summary>What a page says of a communication in words: its kind, how its due date stands, why the reader sees it.</summary>
public sealed class CommunicationWords(IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public string KindOf(CommunicationKind kind) => words[$"Kind.{CommunicationPolicy.KeyOf(kind)}"];

    public string Day(DateTime at) => at.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public string DayAndTime(DateTime at) => at.ToString("d MMMM yyyy HH:mm 'UTC'", CultureInfo.CurrentCulture);

    /// <summary>Such as "3 days left" or "overdue by 2 days".</summary>
    public string Due(DateTime dueAt)
    {
        var days = (int)(dueAt.Date - Now.Date).TotalDays;
        return days switch
        {
            _ when dueAt < Now && days == 0 => texts["Due.OverdueToday"],
            0 => texts["Due.Today"],
            1 => texts["Due.OneDayLeft"],
            -1 => texts["Due.OverdueByOneDay"],
            < 0 => texts["Due.OverdueBy", -days],
            _ => texts["Due.DaysLeft", days],
        };
    }

    /// <summary>How pressing a due date is: the name of a style, and nothing that is not also said in words.</summary>
    public string Urgency(DateTime dueAt) => (dueAt - Now).TotalDays switch
    {
        < 0 => "overdue",
        < 2 => "urgent",
        < 8 => "soon",
        _ => "calm",
    };

    public string Sentence(Reason reason) => words[reason.Key, [.. reason.Arguments.Select(argument => argument is Word word ? words[word.Key].Value : argument)]];

    /// <summary>Why the reader sees it, a sentence for each way by which it came.</summary>
    public IEnumerable<string> Why(IEnumerable<ReaderPath> paths) => paths
        .DistinctBy(path => path.Grant?.Id)
        .Select(path => path.Grant switch
        {
            { Location: { } location } grant => texts["Why.RoleAtLocation", words[$"Role.{grant.Role}"], grant.GrantedBy, Day(grant.GrantedAt), location.Name].Value,
            { } grant => texts["Why.Role", words[$"Role.{grant.Role}"], grant.GrantedBy, Day(grant.GrantedAt)].Value,
            null => texts["Why.Member"].Value,
        });
}
