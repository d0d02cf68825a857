using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PartnerCenter.Web.Shell.TagHelpers;

/// <summary>The initials of a person's first and last name. They are decoration: the name stands beside them.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AvatarTagHelper : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "avatar");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetContent(InitialsOf(Name));
    }

    private static string InitialsOf(string name)
    {
        var parts = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 ? $"{parts[0].EnumerateRunes().First()}{parts[^1].EnumerateRunes().First()}" : $"{name.EnumerateRunes().FirstOrDefault()}";
    }
}
