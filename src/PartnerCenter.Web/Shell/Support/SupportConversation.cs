using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Web.Shell.Support;

/// <summary>A support request with everything that was written to it, as one side reads it.</summary>
/// <param name="Request">The request, with who asks and the notes.</param>
/// <param name="Side">Whose side the reader is on.</param>
/// <param name="State">How it stands now.</param>
/// <param name="Verbs">What the reader can do with it now.</param>
/// <param name="Address">Where it is, and where what is written to it is sent.</param>
/// <param name="Form">What was typed.</param>
public sealed record SupportConversation(
    SupportRequest Request, SupportSide Side, SupportState State, IReadOnlyList<SupportVerb> Verbs, string Address, SupportNoteForm Form)
{
    /// <summary>A request as one side reads it.</summary>
    public static SupportConversation From(SupportRequest request, SupportSide side, string address, DateTime now) => new(
        request,
        side,
        request.StateAt(now),
        [.. Enum.GetValues<SupportVerb>().Where(verb => request.May(verb, side, now).IsAllowed)],
        address,
        new SupportNoteForm());
}

/// <summary>What somebody writes to a support request.</summary>
public sealed class SupportNoteForm
{
    /// <summary>What is done by it: the button that was pressed.</summary>
    [Required(ErrorMessage = "Form.ChooseFromList")]
    public SupportVerb? Verb { get; set; }

    [StringLength(SupportRequest.LongestText, ErrorMessage = "Form.TooLong")]
    public string? Text { get; set; }

    /// <summary>Whether words are missing that the verb needs.</summary>
    public bool LacksWords => Verb is { } verb && string.IsNullOrWhiteSpace(Text) && SupportRequestPolicy.NeedsWords(verb);
}
