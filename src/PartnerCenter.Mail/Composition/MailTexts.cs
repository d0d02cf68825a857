namespace PartnerCenter.Mail.Composition;

/// <summary>Names the resource files with the sentences of mails in each language. It has no members.</summary>
public sealed class MailTexts
{
    private MailTexts()
    {
    }
}
