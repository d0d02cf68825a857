namespace PartnerCenter.Mail.Dispatch;

/// <summary>Where the portal is reached. Links in mails are made from it and never from a request, whose host anybody can forge.</summary>
/// <param name="PublicUrl">The address that partners type, with a slash at its end.</param>
public sealed record PortalAddress(Uri PublicUrl)
{
    public Uri Communication(string organization, long id) => new(PublicUrl, $"o/{organization}/action-center/{id}");

    public Uri Notifications(string organization) => new(PublicUrl, $"o/{organization}/action-center#notifications");

    /// <param name="path">A path of the portal, with a slash at its start.</param>
    public Uri At(string path) => new(PublicUrl, path.TrimStart('/'));

    public Uri VerifyContact(string token) => new(PublicUrl, $"verify-contact/{token}");

    /// <param name="token">What the link of an invitation carries.</param>
    public Uri Join(string token) => new(PublicUrl, $"join/{token}");

    /// <param name="secret">What the link of a mail carries by which somebody chooses another password.</param>
    public Uri ResetPassword(string secret) => new(PublicUrl, $"reset-password/{secret}");

    /// <param name="token">What an unsubscribe link carries.</param>
    public Uri Unsubscribe(string token) => new(PublicUrl, $"unsubscribe/{token}");

    public Uri Preferences(string organization) => new(PublicUrl, $"o/{organization}/my-preferences");
}
