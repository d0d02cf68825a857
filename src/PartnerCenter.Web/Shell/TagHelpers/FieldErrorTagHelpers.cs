using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>What is wrong with a field, if anything: <c>&lt;field-error of="Note" /&gt;</c>.</summary>
[HtmlTargetElement("field-error", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldErrorTagHelper(IStringLocalizer<PortalTexts> texts) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public required string Of { get; set; }

    public static string IdFor(string field) => $"{field}-error";

    public static string? MessageFor(ModelStateDictionary state, string field) =>
        state.TryGetValue(field, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (MessageFor(ViewContext.ModelState, Of) is not { } message)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error");
        output.Attributes.SetAttribute("id", IdFor(Of));
        var prefix = new TagBuilder("span");
        prefix.AddCssClass("visually-hidden");
        prefix.InnerHtml.Append(texts["Form.ErrorPrefix"]);
        output.Content.AppendHtml(prefix).Append($" {message}");
    }
}

/// <summary>Ties a field, or a button that stands alone, to its <see cref="FieldErrorTagHelper"/>: <c>&lt;input errors-of="Note" /&gt;</c>.</summary>
[HtmlTargetElement("input", Attributes = ErrorsOfName)]
[HtmlTargetElement("select", Attributes = ErrorsOfName)]
[HtmlTargetElement("textarea", Attributes = ErrorsOfName)]
[HtmlTargetElement(Button, Attributes = ErrorsOfName)]
public sealed class FieldWithErrorTagHelper : TagHelper
{
    private const string ErrorsOfName = "errors-of";
    private const string DescribedBy = "aria-describedby";
    private const string Button = "button";

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    [HtmlAttributeName(ErrorsOfName)]
    public required string ErrorsOf { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (FieldErrorTagHelper.MessageFor(ViewContext.ModelState, ErrorsOf) is null)
            return;

        var hint = output.Attributes[DescribedBy]?.Value;
        output.Attributes.SetAttribute(DescribedBy, $"{hint} {FieldErrorTagHelper.IdFor(ErrorsOf)}".Trim());
        if (context.TagName != Button)
            output.Attributes.SetAttribute("aria-invalid", "true");
    }
}
