using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// A line break that was typed is one character, as the browser that kept to the longest length has counted it; it sends each as two.
/// </summary>
public sealed class LineBreaks : IModelBinderProvider
{
    private readonly SimpleTypeModelBinderProvider _values = new();

    /// <summary>Reads what was typed before the framework's own reader of single values does.</summary>
    public static void AddTo(IList<IModelBinderProvider> providers) =>
        providers.Insert(providers.IndexOf(providers.First(provider => provider is SimpleTypeModelBinderProvider)), new LineBreaks());

    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string) && _values.GetBinder(context) is { } text ? new Binder(text) : null;

    private sealed class Binder(IModelBinder text) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            await text.BindModelAsync(bindingContext);
            if (bindingContext.Result.Model is string typed)
                bindingContext.Result = ModelBindingResult.Success(typed.Replace("\r\n", "\n", StringComparison.Ordinal));
        }
    }
}
