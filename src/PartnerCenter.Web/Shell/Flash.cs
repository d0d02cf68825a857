using System.Globalization;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Shell;

/// <summary>The one message that a page shows after something was done; it survives the redirect and no longer.</summary>
public static class Flash
{
    private const string Key = "flash";
    private const string UndoVerb = "flash-undo";
    private const string UndoIds = "flash-undo-ids";
    private const string UndoBack = "flash-undo-back";

    /// <param name="tempData">What the next page of this reader gets.</param>
    /// <param name="message">What was done.</param>
    /// <param name="undo">How it is taken back, if one button can do that.</param>
    public static void Say(this ITempDataDictionary tempData, string message, Undo? undo = null)
    {
        tempData[Key] = message;
        if (undo is null)
            return;
        tempData[UndoVerb] = undo.Verb.ToString();
        tempData[UndoIds] = undo.Ids.Select(id => id.ToString(CultureInfo.InvariantCulture)).ToArray();
        tempData[UndoBack] = undo.Back;
    }

    public static string? TakeMessage(this ITempDataDictionary tempData) => tempData[Key] as string;

    public static Undo? TakeUndo(this ITempDataDictionary tempData) =>
        tempData[UndoIds] is string[] ids && Enum.TryParse<CommunicationVerb>(tempData[UndoVerb] as string, out var verb)
            ? new Undo(verb, [.. ids.Select(id => long.Parse(id, CultureInfo.InvariantCulture))], tempData[UndoBack] as string)
            : null;
}

/// <summary>How something is taken back.</summary>
/// <param name="Verb">What takes it back.</param>
/// <param name="Ids">The communications.</param>
/// <param name="Back">The query of the list to go back to.</param>
public sealed record Undo(CommunicationVerb Verb, IReadOnlyList<long> Ids, string? Back);
