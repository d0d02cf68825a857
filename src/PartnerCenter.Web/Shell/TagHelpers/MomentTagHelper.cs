using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>A day that machines can read as well: <c>&lt;moment at="…"/&gt;</c>, with the time of day in its title.</summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MomentTagHelper(CommunicationWords words) : TagHelper
{
    public DateTime At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", words.DayAndTime(At));
        output.Content.SetContent(words.Day(At));
    }
}
