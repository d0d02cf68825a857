using Microsoft.AspNetCore.Mvc.ModelBinding;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Shell.Access;

/// <summary>How a form says that its step needs a fresh sign-in (<see cref="FreshSignInTable"/>) and keeps what was typed.</summary>
public static class SignInAgain
{
    // A dot is in no name of a field, so no field has this one.
    private const string Key = "SignInAgain.";

    /// <summary>
    /// Adds why a form was refused: beside its field, or, where a fresh sign-in would help, above the form with a link that opens the
    /// sign-in beside it.
    /// </summary>
    /// <param name="errors">The errors of the form.</param>
    /// <param name="field">The field that it would stand beside.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="words">The sentences of reasons.</param>
    public static void AddRefusal(this ModelStateDictionary errors, string field, Reason reason, CommunicationWords words)
    {
        var key = FreshSignInTable.StepOf(reason) is { } step ? $"{Key}{step}" : field;
        if (key == field || !errors.ContainsKey(key))
            errors.AddModelError(key, words.Sentence(reason));
    }

    /// <returns>The step that an error of a form wants a fresh sign-in for; null if it is about a field.</returns>
    public static SensitiveStep? StepOf(string key) =>
        key.StartsWith(Key, StringComparison.Ordinal) && Enum.TryParse<SensitiveStep>(key[Key.Length..], out var step) ? step : null;

    /// <summary>The address where somebody is told why, and signs in again.</summary>
    /// <param name="step">What they want to do.</param>
    /// <param name="returnUrl">Where they go afterwards; null for whoever has the form open beside it.</param>
    public static string AddressFor(SensitiveStep step, string? returnUrl = null) =>
        $"/sign-in/again?step={step}{(returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}")}";
}
