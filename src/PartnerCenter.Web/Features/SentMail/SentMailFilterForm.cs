using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Web.Features.SentMail;

/// <summary>What the address asks for: it is the state of the list, so that it can be kept and sent on.</summary>
public sealed class SentMailFilterForm
{
    public const int LongestName = 200;

    private const int MostPages = 1000;

    public MailGroup? State { get; set; }

    /// <summary>A part of the member's name.</summary>
    public string? Person { get; set; }

    public int Page { get; set; } = 1;

    public bool IsFiltered => State is not null || Person is not null;

    /// <summary>Forgets what there is not to choose.</summary>
    public void KeepWhatCounts()
    {
        State = State is { } state && Enum.IsDefined(state) ? State : null;
        Person = string.IsNullOrWhiteSpace(Person) ? null : Person.Trim()[..Math.Min(Person.Trim().Length, LongestName)];
        Page = Math.Clamp(Page, 1, MostPages);
    }

    public MailFilter ToFilter() => new() { Group = State, Name = Person };

    /// <summary>The query of the same list.</summary>
    /// <param name="page">At which page.</param>
    /// <param name="without">The name of a filter to leave out.</param>
    public string ToQuery(int page = 1, string? without = null)
    {
        (string Name, string? Value)[] parts =
        [
            ("state", State?.ToString()),
            ("person", Person),
            ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
        ];
        var query = new QueryBuilder();
        foreach (var (name, value) in parts.Where(part => part.Value is not null && part.Name != without))
            query.Add(name, value!);
        return query.ToString();
    }
}
