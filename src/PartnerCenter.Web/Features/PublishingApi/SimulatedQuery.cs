using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Features.PublishingApi;

/// <summary>Reads who would get mail about what a publisher wants to publish.</summary>
public sealed class SimulatedQuery(MailForecast forecast)
{
    private const int MostRows = 1000;

    public async Task<SimulatedAnswer> ReadAsync(Communication planned, CancellationToken cancellation)
    {
        var counts = new ForecastCounts();
        List<SimulatedMailAnswer> rows = [];
        await foreach (var mail in forecast.ForAsync(planned, cancellation))
        {
            counts.Add(mail);
            if (rows.Count < MostRows)
                rows.Add(SimulatedMailAnswer.From(mail));
        }

        return SimulatedAnswer.From(counts, rows);
    }
}
