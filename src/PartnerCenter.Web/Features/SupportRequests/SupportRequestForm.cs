using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Web.Features.SupportRequests;

/// <summary>What help is wanted with, before anything more is said.</summary>
public class SupportTopicForm
{
    [Required(ErrorMessage = "Support.SummaryMissing")]
    [StringLength(SupportRequest.LongestSummary, ErrorMessage = "Form.TooLong")]
    public string? Summary { get; set; }

    /// <summary>The key of the workspace that it is about.</summary>
    [Required(ErrorMessage = "Form.ChooseFromList")]
    public string? Workspace { get; set; }

    [Required(ErrorMessage = "Form.ChooseFromList")]
    [EnumDataType(typeof(SupportRequestType), ErrorMessage = "Form.ChooseFromList")]
    public SupportRequestType? Type { get; set; }
}

/// <summary>A whole request for help.</summary>
public sealed class SupportRequestForm : SupportTopicForm
{
    [Required(ErrorMessage = "Support.DetailsMissing")]
    [StringLength(SupportRequest.LongestText, ErrorMessage = "Form.TooLong")]
    public string? Details { get; set; }

    /// <summary>The form to go on with, once it is known what help is wanted with.</summary>
    public static SupportRequestForm About(SupportTopicForm topic) =>
        new() { Summary = topic.Summary, Workspace = topic.Workspace, Type = topic.Type };

    /// <summary>What is asked; only of a form without errors.</summary>
    public SupportRequestDraft ToDraft() => new(Summary!, Workspace!, Type!.Value, Details!);
}
