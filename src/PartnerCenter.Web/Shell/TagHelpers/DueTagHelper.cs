using Microsoft.AspNetCore.Razor.TagHelpers;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>How a due date stands, in words and in how pressing it looks: <c>&lt;due at="…"/&gt;</c>.</summary>
[HtmlTargetElement("due", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DueTagHelper(CommunicationWords words) : TagHelper
{
    public DateTime At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"due due--{words.Urgency(At)}");
        output.Content.AppendHtml(IconTagHelper.Of("clock")).Append($" {words.Due(At)}");
    }
}
