using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Web.Features.MailPreview;

/// <param name="Form">What was chosen.</param>
/// <param name="Language">The language of the mail.</param>
/// <param name="Mail">The mail, ready to go.</param>
/// <param name="Headers">Its headers as they would travel.</param>
/// <param name="HtmlBytes">The size of its HTML part.</param>
public sealed record MailPreviewPage(MailPreviewForm Form, string Language, OutgoingMail Mail, string Headers, int HtmlBytes);
