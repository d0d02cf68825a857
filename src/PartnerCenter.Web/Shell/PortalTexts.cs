namespace PartnerCenter.Web.Shell;

/// <summary>Names the resource files with the texts of pages in each language. It has no members.</summary>
public sealed class PortalTexts
{
    private PortalTexts()
    {
    }
}
