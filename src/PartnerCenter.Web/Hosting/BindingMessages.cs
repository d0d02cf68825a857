using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Hosting;

/// <summary>Says in the reader's language that a field cannot take what was typed; the framework's own sentence is English and names properties.</summary>
public sealed class BindingMessages(IStringLocalizer<PortalTexts> texts) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => NotTaken(value));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(NotTaken);
        messages.SetValueIsInvalidAccessor(NotTaken);
    }

    private string NotTaken(string value) => texts["Form.NotTaken", value];
}
