using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// A certificate that the keys in the database are encrypted for, as configuration names it: a file with its RSA key, PFX (PKCS #12) or
/// PEM. Nobody else sees it, so it needs no authority, and that it has expired changes nothing.
/// </summary>
/// <param name="FileSetting">The setting with its file; a relative path begins at the content root.</param>
/// <param name="PasswordSetting">The setting with the password of that file, if it has one.</param>
public sealed record KeyRingCertificate(string FileSetting, string PasswordSetting)
{
    private const string PemBegin = "-----BEGIN ";

    /// <summary>The one that new keys are encrypted for.</summary>
    public static readonly KeyRingCertificate Current = new("KeyRing:CertificateFile", "KeyRing:CertificatePassword");

    /// <summary>The one before a change, for the keys that were made until then.</summary>
    public static readonly KeyRingCertificate Previous = new("KeyRing:PreviousCertificateFile", "KeyRing:PreviousCertificatePassword");

    public bool IsNamed(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[FileSetting]);

    /// <returns>The certificate with its key; null if none is named.</returns>
    /// <exception cref="StartupException">It is not there, cannot be read, or has no RSA key.</exception>
    public X509Certificate2? Read(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!IsNamed(configuration))
            return null;

        var file = Path.GetFullPath(configuration[FileSetting]!.Trim(), environment.ContentRootPath);
        var password = configuration[PasswordSetting] is { Length: > 0 } given ? given : null;
        var certificate = Read(file, password);
        using var key = certificate.GetRSAPrivateKey();
        return key is not null
            ? certificate
            : throw new StartupException($"{FileSetting} names '{file}', which has no RSA key: put the key into the same file.");
    }

    private X509Certificate2 Read(string file, string? password)
    {
        try
        {
            return !IsPem(file) ? X509CertificateLoader.LoadPkcs12FromFile(file, password)
                : password is null ? X509Certificate2.CreateFromPemFile(file)
                : X509Certificate2.CreateFromEncryptedPemFile(file, password);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartupException($"{FileSetting} names '{file}', which is not there.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{FileSetting} names '{file}', which cannot be read: check who may read it.", fault);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new StartupException($"{FileSetting} names '{file}', which is no PFX or PEM file with a key, or {PasswordSetting} is not its password.", fault);
        }
    }

    private static bool IsPem(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[PemBegin.Length];
        return reader.ReadBlock(start) == start.Length && start.AsSpan().SequenceEqual(PemBegin);
    }
}
