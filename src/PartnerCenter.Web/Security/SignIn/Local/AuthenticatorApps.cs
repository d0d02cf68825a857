using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>
/// The apps that make the codes of the second step (RFC 6238: SHA-1, six digits, a new one every 30 seconds, which is what every such app
/// can do). Their secrets are sealed with the key ring of the portal.
/// </summary>
public sealed class AuthenticatorApps(IDataProtectionProvider keys, TimeProvider time)
{
    /// <summary>How many digits a code has.</summary>
    public const int Digits = 6;

    private const string Issuer = "PartnerCenter";

    // RFC 4226, section 4: 160 bits.
    private const int SecretBytes = 20;

    private readonly IDataProtector _seal = keys.CreateProtector("PartnerCenter.AuthenticatorApp.v1");

    /// <returns>A new secret, sealed.</returns>
    public string Create() => _seal.Protect(Base32Encoding.ToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Describes an app that is being set up.</summary>
    /// <param name="sealedSecret">Its secret.</param>
    /// <param name="account">What the app shows beside the codes: the sign-in address.</param>
    public AppSetup Describe(string sealedSecret, string account)
    {
        var key = _seal.Unprotect(sealedSecret);
        var label = $"{Uri.EscapeDataString(Issuer)}:{Uri.EscapeDataString(account)}";
        var address = $"otpauth://totp/{label}?secret={key}&issuer={Uri.EscapeDataString(Issuer)}&algorithm=SHA1&digits={Digits}&period=30";
        return new AppSetup(string.Join(' ', key.Chunk(4).Select(part => new string(part))), address, PictureOf(address));
    }

    /// <summary>Finds the step of time that a code belongs to: this one, or the one before or after it, because clocks differ.</summary>
    /// <param name="sealedSecret">The secret of the app.</param>
    /// <param name="typed">What was typed.</param>
    /// <returns>Null if it belongs to none.</returns>
    public long? StepOf(string? sealedSecret, string typed)
    {
        var code = string.Concat(typed.Where(sign => !char.IsWhiteSpace(sign)));
        if (code.Length != Digits || sealedSecret is null)
            return null;

        try
        {
            var totp = new Totp(Base32Encoding.ToBytes(_seal.Unprotect(sealedSecret)), totpSize: Digits);
            return totp.VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, new VerificationWindow(previous: 1, future: 1)) ? step : null;
        }
        catch (CryptographicException)
        {
            // The key ring is a new one: recovery codes count on.
            return null;
        }
    }

    // The dark squares as one path: the policy of our pages lets no picture bring its own style.
    private static QrPicture PictureOf(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < code.ModuleMatrix[y].Count; x++)
            {
                if (code.ModuleMatrix[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        return new QrPicture(code.ModuleMatrix.Count, path.ToString());
    }
}

/// <summary>What somebody needs to set up an app.</summary>
/// <param name="Key">The secret as one types it.</param>
/// <param name="Address">The same as a link for this device (Google's key URI format).</param>
/// <param name="Picture">The same as a picture for another device.</param>
public sealed record AppSetup(string Key, string Address, QrPicture Picture)
{
    // A record would print it.
    public override string ToString() => nameof(AppSetup);
}

/// <summary>A QR code.</summary>
/// <param name="Size">How many squares it is wide and high, with the empty ones around it.</param>
/// <param name="Path">Its dark squares, as the path of an SVG.</param>
public sealed record QrPicture(int Size, string Path);
