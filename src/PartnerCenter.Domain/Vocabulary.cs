namespace PartnerCenter.Domain;

/// <summary>
/// Names the resource files with the words of the domain (kinds, workspaces, roles, permissions, programs, reasons) in each
/// language. It has no members: whoever shows a word asks a localizer for this type.
/// </summary>
public sealed class Vocabulary
{
    private Vocabulary()
    {
    }
}
