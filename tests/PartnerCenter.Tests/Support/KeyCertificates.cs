using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PartnerCenter.Tests.Support;

/// <summary>Certificates as somebody makes them for the keys in the database.</summary>
internal static class KeyCertificates
{
    private static readonly Lazy<string> Lasting = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-certificate-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return WriteTo(folder, "keyring.pfx");
    });

    /// <summary>A file with one, for whatever starts in Production.</summary>
    public static string File => Lasting.Value;

    /// <summary>Makes one that there was never before, and writes it as PFX.</summary>
    /// <returns>The path of the file.</returns>
    public static string WriteTo(string folder, string name)
    {
        var file = Path.Combine(folder, name);
        using var certificate = Make();
        System.IO.File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
        return file;
    }

    public static X509Certificate2 Make()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=PartnerCenter key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new FixedTime().GetUtcNow().AddYears(-1), new FixedTime().GetUtcNow().AddYears(10));
    }
}
