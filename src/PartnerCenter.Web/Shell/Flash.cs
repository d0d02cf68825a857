using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Shell;

/// <summary>The one message that a page shows after something was done; it survives the redirect and no longer.</summary>
public static class Flash
{
    private const string Message = "flash";
    private const string UndoOfIt = "flash-undo";

    /// <param name="tempData">What the next page of this reader gets.</param>
    /// <param name="message">What was done.</param>
    /// <param name="undo">How it is taken back, if one button can do that.</param>
    public static void Say(this ITempDataDictionary tempData, string message, Undo? undo = null)
    {
        tempData[Message] = message;

        // An older one may still be there, of a message that a page without an organization showed.
        tempData.Remove(UndoOfIt);
        if (undo is not null)
            tempData[UndoOfIt] = JsonSerializer.Serialize(undo);
    }

    public static string? TakeMessage(this ITempDataDictionary tempData) => tempData[Message] as string;

    /// <param name="tempData">What this page of the reader gets.</param>
    /// <param name="organization">The key of the organization of the page.</param>
    /// <returns>Null on the page of another organization, which the next page may be: the browser has only one message for all its tabs.</returns>
    public static Undo? TakeUndo(this ITempDataDictionary tempData, string organization) =>
        tempData[UndoOfIt] is string json && JsonSerializer.Deserialize<Undo>(json) is { } undo && undo.Organization == organization ? undo : null;
}

/// <summary>How something is taken back.</summary>
/// <param name="Organization">The key of the organization where it was done.</param>
/// <param name="Verb">What takes it back.</param>
/// <param name="Ids">The communications.</param>
/// <param name="Back">The query of the list to go back to.</param>
public sealed record Undo(string Organization, CommunicationVerb Verb, IReadOnlyList<long> Ids, string? Back);
