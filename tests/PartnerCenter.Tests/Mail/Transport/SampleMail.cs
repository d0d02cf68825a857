using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>A mail with nothing wrong; tests change what they are about.</summary>
internal static class SampleMail
{
    public static readonly OutgoingMail Plain = new()
    {
        MessageId = "<ob.0123456789abcdef@partnercenter.example>",
        FromAddress = "notices@partnercenter.example",
        FromName = "PartnerCenter",
        To = "anna@contoso.example",
        Subject = "[Billing] Invoice ready",
        Text = "Hello Anna",
        Html = "<p>Hello Anna</p>",
        Language = "en",
        Date = new DateTimeOffset(2026, 11, 1, 9, 5, 7, TimeSpan.FromHours(1)),
    };
}
