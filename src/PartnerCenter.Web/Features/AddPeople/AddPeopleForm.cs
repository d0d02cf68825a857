using System.ComponentModel.DataAnnotations;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Features.AddPeople;

/// <summary>Whom somebody invites, as what.</summary>
public sealed class AddPeopleForm
{
    /// <summary>How many people can be invited at once.</summary>
    public const int MostAtOnce = 10;

    private static readonly char[] Separators = [',', ';', '\r', '\n'];

    /// <summary>As typed: separated by commas, semicolons or line breaks.</summary>
    public string? Addresses { get; set; }

    [Required(ErrorMessage = "Form.ChooseFromList")]
    [RegularExpression($"{Languages.English}|{Languages.Dutch}", ErrorMessage = "Form.ChooseFromList")]
    public string Language { get; set; } = Languages.Default;

    public bool AsGuest { get; set; }

    /// <summary>A guest's last day; none means that the guest stays.</summary>
    public DateOnly? GuestUntil { get; set; }

    /// <summary>The keys of the roles.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>The addresses one by one, each once.</summary>
    public IReadOnlyList<string> Split() =>
        [.. (Addresses ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DistinctBy(Person.Normalize)];

    public Invitation InvitationOf(string address) => new(
        address,
        Name: null,
        Language,
        AsGuest,
        AsGuest ? LastDay.EndOf(GuestUntil) : null,
        [.. Roles.Distinct().Select(RoleCatalogue.Find).OfType<Role>().Select(role => new WantedRole(role))]);
}
