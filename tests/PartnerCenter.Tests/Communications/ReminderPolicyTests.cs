using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Communications;

/// <summary>The stages of reminders, written down a second time on purpose.</summary>
public sealed class ReminderPolicyTests
{
    private const string None = "-";

    private static readonly DateTime DueAt = new(2026, 6, 15, 14, 30, 0, DateTimeKind.Utc);
    private static readonly DateTime LongAgo = DueAt.AddDays(-200);

    // The columns: the day counted from the due date, and the stage of a mandatory and of a recommended action on it.
    [Theory]
    [InlineData(-31, None, None)]
    [InlineData(-30, "due-in-30", "due-in-30")]
    [InlineData(-8, "due-in-30", "due-in-30")]
    [InlineData(-7, "due-in-7", "due-in-7")]
    [InlineData(-2, "due-in-7", "due-in-7")]
    [InlineData(-1, "due-in-1", "due-in-1")]
    [InlineData(0, "due-today", "due-today")]
    [InlineData(1, "due-today", None)]
    [InlineData(6, "due-today", None)]
    [InlineData(7, "overdue-7", None)]
    [InlineData(14, "overdue-14", None)]
    [InlineData(21, "overdue-21", None)]
    [InlineData(28, "overdue-28", None)]
    [InlineData(34, "overdue-28", None)]
    [InlineData(35, None, None)]
    public void A_day_belongs_to_the_latest_stage_that_has_begun(int day, string mandatory, string recommended)
    {
        var firstMoment = DueAt.Date.AddDays(day);
        DateTime[] moments = [firstMoment, firstMoment.AddHours(12), firstMoment.AddDays(1).AddTicks(-1)];

        Assert.All(moments, now => Assert.Equal(
            (mandatory, recommended), (StageAt(MandatoryAction, LongAgo, now), StageAt(RecommendedAction, LongAgo, now))));
    }

    [Theory]
    [InlineData(TransactionalNotification)]
    [InlineData(PromotionalNotification)]
    [InlineData(AccountMail)]
    public void Nobody_is_reminded_of_anything_but_actions(CommunicationKind kind) =>
        Assert.All(Enumerable.Range(-40, 80), day => Assert.Equal(None, StageAt(kind, LongAgo, DueAt.AddDays(day))));

    [Fact]
    public void Nobody_is_reminded_of_what_is_never_due() => Assert.Null(ReminderPolicy.StageAt(RecommendedAction, LongAgo, dueAt: null, DueAt));

    [Fact]
    public void Every_kind_is_decided_about()
    {
        foreach (var kind in Enum.GetValues<CommunicationKind>())
            Assert.Equal(kind is MandatoryAction or RecommendedAction, ReminderPolicy.Kinds.Contains(kind) && StageAt(kind, LongAgo, DueAt) != None);
    }

    [Fact]
    public void A_stage_that_began_before_the_publication_is_skipped_and_the_next_one_is_not()
    {
        var published = DueAt.AddDays(-7);

        Assert.Equal(None, StageAt(MandatoryAction, published, published));
        Assert.Equal(None, StageAt(MandatoryAction, published, DueAt.AddDays(-2)));
        Assert.Equal("due-in-1", StageAt(MandatoryAction, published, DueAt.AddDays(-1)));
    }

    [Fact]
    public void Nobody_is_reminded_on_the_day_of_publication()
    {
        for (var days = 1; days <= 60; days++)
        {
            var published = DueAt.AddDays(-days);
            Assert.Equal(None, StageAt(MandatoryAction, published, published.Date.AddDays(1).AddTicks(-1)));
        }
    }

    [Fact]
    public void What_was_published_in_the_evening_before_a_stage_is_in_it() =>
        Assert.Equal("due-in-7", StageAt(MandatoryAction, DueAt.Date.AddDays(-7).AddTicks(-1), DueAt.AddDays(-7)));

    [Theory]
    [InlineData(MandatoryAction)]
    [InlineData(RecommendedAction)]
    public void What_is_looked_through_for_reminders_contains_everything_that_has_a_stage(CommunicationKind kind)
    {
        var now = DueAt;
        var (from, before) = ReminderPolicy.DueDatesAt(now);

        for (var hours = -24 * 50; hours <= 24 * 50; hours++)
        {
            var due = now.AddHours(hours);
            Assert.True(ReminderPolicy.StageAt(kind, LongAgo, due, now) is null || (due >= from && due < before), $"{due:u}");
        }

        Assert.Equal(("overdue-28", "due-in-30"), (Stage(from), Stage(before.AddTicks(-1))));
        string? Stage(DateTime due) => ReminderPolicy.StageAt(MandatoryAction, LongAgo, due, now)?.Key;
    }

    [Theory]
    [InlineData("2026-06-15T00:00:00Z", 0)]
    [InlineData("2026-06-15T23:59:59Z", 0)]
    [InlineData("2026-06-14T23:59:59Z", 1)]
    [InlineData("2026-06-16T00:00:00Z", -1)]
    [InlineData("2026-05-16T08:00:00Z", 30)]
    public void Days_are_counted_by_the_calendar(string now, int left) =>
        Assert.Equal(left, ReminderPolicy.DaysLeft(DueAt, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime));

    [Fact]
    public void The_key_of_a_stage_is_a_reminder_and_no_other_occasion_is()
    {
        Assert.All(ReminderPolicy.Stages, stage => Assert.True(ReminderPolicy.IsReminder(stage)));
        Assert.False(ReminderPolicy.IsReminder(MailOccasion.Published) || ReminderPolicy.IsReminder(MailOccasion.Escalated));
        Assert.Distinct(ReminderPolicy.Stages);
    }

    private static string StageAt(CommunicationKind kind, DateTime publishedAt, DateTime now) =>
        ReminderPolicy.StageAt(kind, publishedAt, DueAt, now)?.Key ?? None;
}
