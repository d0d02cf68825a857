using System.ComponentModel.DataAnnotations;

namespace PartnerCenter.Web.Hosting;

/// <summary>The section <c>Communications</c> of the configuration.</summary>
public sealed class CommunicationOptions
{
    public const string Section = "Communications";

    /// <summary>How many months an archived item is kept once its communication is over.</summary>
    [Range(1, 120)]
    public int ArchivedMonths { get; set; } = 12;
}
