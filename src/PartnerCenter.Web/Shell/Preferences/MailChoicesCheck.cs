using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>Refuses choices about mail that is required, and says which, wherever a page asks for choices.</summary>
public sealed class MailChoicesCheck(Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts)
{
    public void Check(MailChoicesForm form, ModelStateDictionary state)
    {
        foreach (var (kind, workspace) in form.RequiredCells())
        {
            var name = workspace is null ? texts["Preferences.AllWorkspaces"].Value : here.WorkspaceName(workspace);
            if (CommunicationPolicy.MayOptOut(kind).RefusedBecause is { } because)
                state.AddModelError(nameof(form.Wanted), $"{words.KindOf(kind)} – {name}: {words.Sentence(because)}");
        }
    }
}
