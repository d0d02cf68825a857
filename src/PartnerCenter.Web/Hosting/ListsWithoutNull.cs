using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// A field that was sent empty is nothing where one value is wanted. In a list of texts it is an empty text: its type says that there is no
/// null in it, and so do those who read it.
/// </summary>
public sealed class ListsWithoutNull : IDisplayMetadataProvider
{
    // A property or a parameter has its name besides its type; what stands in a list has only the type.
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.MetadataKind == ModelMetadataKind.Type && context.Key.ModelType == typeof(string))
            context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }
}
