using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>One of our icons. It is decoration: the text beside it says the same.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    public static IHtmlContent Of(string name)
    {
        var drawing = new TagBuilder("svg");
        drawing.AddCssClass("icon");
        drawing.Attributes["viewBox"] = "0 0 20 20";
        drawing.Attributes["aria-hidden"] = "true";
        drawing.Attributes["focusable"] = "false";
        drawing.InnerHtml.AppendHtml(Icons.Drawing(name));
        return drawing;
    }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Of(Name));
    }
}
