using PartnerCenter.Domain.Mail;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.ContactAddress;

/// <param name="Contact">How it stands with the address for mail.</param>
/// <param name="SignInAddress">The address that the person signs in with.</param>
/// <param name="IsSignInChosen">Whether the member has said that mail is to go there, and it does.</param>
/// <param name="LatestMail">The latest mail that asked for a confirmation, while one is waited for.</param>
/// <param name="Form">What was typed.</param>
public sealed record ContactAddressPage(
    ContactStanding Contact, string SignInAddress, bool IsSignInChosen, LatestMailRow? LatestMail, ContactAddressForm Form);

/// <param name="State">How far it has come.</param>
/// <param name="QueuedAt">When it was asked for.</param>
public sealed record LatestMailRow(MailState State, DateTime QueuedAt);
