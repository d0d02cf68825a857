using Microsoft.AspNetCore.Razor.TagHelpers;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>The only place where a page shows HTML that somebody outside wrote: as Markdown, made safe, with links that lead out of the portal by its own page.</summary>
[HtmlTargetElement("markdown", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MarkdownTagHelper(ForeignLinks links) : TagHelper
{
    public required string Text { get; set; }

    /// <summary>The level of a heading with one number sign; those of a text that stands in a section are below that one's.</summary>
    public int HeadingsStartAt { get; set; } = 3;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "prose");
        output.Content.SetHtmlContent(SafeMarkdown.ToHtml(Text, HeadingsStartAt, links.To));
    }
}
