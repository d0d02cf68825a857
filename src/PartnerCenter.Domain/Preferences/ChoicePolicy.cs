namespace PartnerCenter.Domain.Preferences;

/// <summary>What the choices about one kind of mail come to: a row of all workspaces that is off counts for each of them.</summary>
public static class ChoicePolicy
{
    /// <param name="isOn">Whether the row of a workspace is on; null asks for that of all workspaces.</param>
    /// <param name="workspace">The key of the workspace that the mail is about.</param>
    public static bool IsSent(Predicate<string?> isOn, string workspace) => isOn(null) && isOn(workspace);
}
