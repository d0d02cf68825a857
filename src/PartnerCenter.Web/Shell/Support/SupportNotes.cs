using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Support;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Support;

/// <summary>Writes to a support request, for partners and for the program alike, or says in the form why that cannot be.</summary>
public sealed class SupportNotes(CommunicationWords words, IStringLocalizer<PortalTexts> texts)
{
    /// <param name="form">What is written.</param>
    /// <param name="errors">What is wrong with it.</param>
    /// <param name="write">Writes it; false if there is no such request for whoever writes.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TryWriteAsync(SupportNoteForm form, ModelStateDictionary errors, Func<SupportVerb, Task<bool>> write)
    {
        if (form.LacksWords)
            errors.AddModelError(nameof(form.Text), texts["Support.TextMissing"]);
        if (!errors.IsValid)
            return false;

        try
        {
            return await write(form.Verb!.Value);
        }
        catch (RuleViolationException violation)
        {
            errors.AddModelError(nameof(form.Text), words.Sentence(violation.Reason));
            return false;
        }
    }
}
