using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Shell.Communications;

/// <summary>Says what was done with communications, offers to take it back, and leads to where the reader was.</summary>
public sealed class VerbAnswers(Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts)
{
    private const string ActionCenter = "action-center";

    /// <summary>Something was done that nobody takes back by a button here.</summary>
    /// <param name="controller">Who answers.</param>
    /// <param name="text">The key of the message.</param>
    /// <param name="back">The query of the list, or the page of this organization, to go back to.</param>
    public LocalRedirectResult Done(Controller controller, string text, string? back)
    {
        controller.TempData.Say(texts[text]);
        return Back(back);
    }

    /// <summary>Something was done with one communication.</summary>
    public LocalRedirectResult Done(Controller controller, CommunicationVerb verb, long id, string? back)
    {
        controller.TempData.Say(texts[$"Done.{verb}"], UndoOf(verb, [id], back));
        return Back(back);
    }

    /// <summary>Something was done that leaves the reader on the page of the communication, with the list of which it was opened.</summary>
    public LocalRedirectResult Stay(Controller controller, string text, long id, params object[] arguments)
    {
        controller.TempData.Say(texts[text, arguments]);
        var list = controller.Request.QueryString.Value;
        return controller.LocalRedirect(here.To($"{ActionCenter}/{id}") + (IsPlain(list) ? list : ""));
    }

    /// <summary>Something was done with several: how many, how many stay and why, and how many are not there any more.</summary>
    public LocalRedirectResult After(Controller controller, CommunicationVerb verb, BatchResult result, string? back)
    {
        List<string> sentences = [];
        if (result.Done.Count > 0 || (result.Refused.Count == 0 && result.Missing == 0))
            sentences.Add(result.Done.Count == 0 ? texts["Batch.NothingChosen"] : texts[$"Batch.{verb}", result.Done.Count]);
        sentences.AddRange(result.Refused.Select(refusal => refusal.Count == 1
            ? texts["Batch.OneStays", words.Sentence(refusal.Reason)].Value
            : texts["Batch.Stay", refusal.Count, words.Sentence(refusal.Reason)].Value));
        if (result.Missing > 0)
            sentences.Add(result.Missing == 1 ? texts["Batch.OneMissing"] : texts["Batch.Missing", result.Missing]);
        controller.TempData.Say(string.Join(' ', sentences), UndoOf(verb, result.Changed, back));
        return Back(back);
    }

    private Undo? UndoOf(CommunicationVerb verb, IReadOnlyList<long> ids, string? back) =>
        ids.Count > 0 && CommunicationVerbPolicy.OppositeOf(verb) is { } opposite ? new Undo(here.Member!.Organization.Key, opposite, ids, back) : null;

    // What comes back with a form is the query of a list, or a page of this organization: never another address.
    private LocalRedirectResult Back(string? to)
    {
        if (!IsPlain(to))
            return new(here.To(ActionCenter));
        if (to == here.To() || to.StartsWith($"{here.To()}/", StringComparison.Ordinal))
            return new(to);
        return new(here.To(ActionCenter) + (to.StartsWith('?') ? to : ""));
    }

    // A browser sends an address in these characters alone, and the header that leads there can have no others.
    private static bool IsPlain([NotNullWhen(true)] string? address) => address?.All(c => char.IsBetween(c, '!', '~') && c != '\\') == true;
}
