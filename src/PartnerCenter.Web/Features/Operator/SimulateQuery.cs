using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.Operator;

/// <summary>Reads who would get mail.</summary>
public sealed class SimulateQuery(MailForecast forecast, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
{
    private const int MostRows = 100;

    public IReadOnlyList<string> Header =>
    [
        texts["Simulate.Name"], texts["Simulate.Organization"], texts["Simulate.Outcome"], texts["Simulate.Language"], texts["Simulate.TextLanguage"],
        texts["Simulate.Address"], texts["Simulate.AddressSource"], texts["Simulate.WhyNot"],
    ];

    public async Task<SimulatePage> ReadAsync(PublishForm form, Communication planned, CancellationToken cancellation)
    {
        var counts = new ForecastCounts();
        List<ForecastMail> mailed = [], notMailed = [];
        await foreach (var mail in forecast.ForAsync(planned, cancellation))
        {
            counts.Add(mail);
            var rows = mail.IsSent ? mailed : notMailed;
            if (rows.Count < MostRows)
                rows.Add(mail);
        }

        return new SimulatePage(form, planned, counts, mailed, notMailed);
    }

    public async IAsyncEnumerable<IReadOnlyList<string?>> ExportAsync(Communication planned, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var mail in forecast.ForAsync(planned, cancellation))
        {
            yield return
            [
                mail.Name,
                mail.OrganizationName,
                mail.IsSent ? texts["Simulate.Mail"] : texts["Simulate.NoMail"],
                words[$"Language.{mail.Language}"],
                words[$"Language.{mail.TextLanguage}"],
                mail.MaskedAddress,
                mail.AddressSource is { } source ? texts[$"Coverage.Source.{source}"].Value : null,
                mail.SuppressedBecause is { } because ? words[$"Suppressed.{because}"].Value : null,
            ];
        }
    }
}
