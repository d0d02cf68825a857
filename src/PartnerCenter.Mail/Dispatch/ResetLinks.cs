using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// The links by which people who forgot their password choose another one. The database knows what a link carries by its hash; while the
/// mail waits it holds the secret sealed with the key ring of the portal, so that nobody who reads the database opens an account.
/// </summary>
public sealed class ResetLinks(IDataProtectionProvider keys, PortalAddress portal)
{
    private readonly IDataProtector _seal = keys.CreateProtector("PartnerCenter.ResetPassword.v1");

    /// <returns>The secret as a mail that waits carries it.</returns>
    public string Seal(string secret) => _seal.Protect(secret);

    /// <exception cref="FormatException">The secret was not sealed here, or its key is gone.</exception>
    internal Uri For(string sealedSecret)
    {
        try
        {
            return portal.ResetPassword(_seal.Unprotect(sealedSecret));
        }
        catch (CryptographicException fault)
        {
            throw new FormatException("The secret of the link cannot be read.", fault);
        }
    }
}
