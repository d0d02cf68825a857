using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace PartnerCenter.Web.Shell;

/// <summary>The one message that a page shows after something was done; it survives the redirect and no longer.</summary>
public static class Flash
{
    private const string Key = "flash";

    public static void Say(this ITempDataDictionary tempData, string message) => tempData[Key] = message;

    public static string? TakeMessage(this ITempDataDictionary tempData) => tempData[Key] as string;
}
