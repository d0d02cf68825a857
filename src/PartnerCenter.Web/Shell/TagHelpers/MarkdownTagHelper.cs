using Microsoft.AspNetCore.Razor.TagHelpers;
using PartnerCenter.Mail.Composition;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>The only place where a page shows HTML that somebody outside wrote: as Markdown, made safe.</summary>
[HtmlTargetElement("markdown", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MarkdownTagHelper : TagHelper
{
    public required string Text { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "prose");
        output.Content.SetHtmlContent(SafeMarkdown.ToHtml(Text));
    }
}
