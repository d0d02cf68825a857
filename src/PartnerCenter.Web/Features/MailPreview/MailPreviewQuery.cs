using System.Text;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.MailPreview;

/// <summary>Writes the sample that was chosen, just as real mail is written.</summary>
public sealed class MailPreviewQuery(MailSamples samples, Here here)
{
    private const string WhenDark = "(prefers-color-scheme: dark)";
    private const string EndOfHeaders = "\r\n\r\n";

    public async Task<MailPreviewPage> ReadAsync(MailPreviewForm form)
    {
        var mail = await WriteAsync(form);
        var travelling = Encoding.ASCII.GetString(MimeMessage.Write(mail));
        return new MailPreviewPage(
            form, mail.Language, mail, travelling[..travelling.IndexOf(EndOfHeaders, StringComparison.Ordinal)], Encoding.UTF8.GetByteCount(mail.Html));
    }

    /// <summary>
    /// The HTML part, light or dark whatever the device of whoever looks prefers. Its links ask for another window, which a sandbox does
    /// not open: what they lead to is not there.
    /// </summary>
    public async Task<string> HtmlAsync(MailPreviewForm form) => (await WriteAsync(form)).Html
        .Replace(WhenDark, form.ChosenLook == MailPreviewForm.Dark ? "all" : "not all", StringComparison.Ordinal)
        .Replace("<head>", "<head><base target=\"_blank\" />", StringComparison.Ordinal);

    private Task<OutgoingMail> WriteAsync(MailPreviewForm form) =>
        samples.WriteAsync(form.Sample, form.LanguageOr(here.Language), isTranslated: !form.Untranslated);
}
