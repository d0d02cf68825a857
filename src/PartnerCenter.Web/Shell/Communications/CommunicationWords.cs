using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
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

    /// <summary>Who has an action, or is asked to take it, as the reader stands to it.</summary>
    public string HandOver(VisibleHandOver handOver) => (handOver.Side, handOver.AcceptedAt) switch
    {
        (HandOverSide.Asked, _) => texts["HandOver.Asked", handOver.From],
        (HandOverSide.Taker, _) => texts["HandOver.Taker", handOver.From],
        (HandOverSide.Giver, null) => texts["HandOver.GiverWaits", handOver.To],
        (HandOverSide.Giver, _) => texts["HandOver.Giver", handOver.To],
        (_, null) => texts["HandOver.OnlookerWaits", handOver.From, handOver.To],
        _ => texts["HandOver.Onlooker", handOver.To],
    };

    /// <summary>A step in the history of a communication.</summary>
    public string Step(CommunicationStep step) => (step.By, step.To) switch
    {
        (null, { } role) => texts["History.ByPortalTo", words[$"Step.{step.Kind}"], words[$"Role.{role}"]],
        ({ } by, { } to) => texts["History.ByTo", words[$"Step.{step.Kind}"], by, to],
        ({ } by, null) => texts["History.By", words[$"Step.{step.Kind}"], by],
        _ => words[$"Step.{step.Kind}"],
    };

    /// <summary>Whom a communication is addressed to.</summary>
    /// <param name="role">The key of the role; null for the reader in person.</param>
    /// <param name="isForAll">In every organization.</param>
    /// <param name="isEscalation">Since nobody had read it.</param>
    public string Audience(string? role, bool isForAll, bool isEscalation)
    {
        if (role is null)
            return texts["Audience.You"];
        var name = words[$"Role.{role}"].Value;
        return isEscalation ? texts["Audience.Escalated", name] : isForAll ? texts["Audience.Everywhere", name] : texts["Audience.Here", name];
    }

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
