using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>The certificate without which no portal starts in Production: made once, and the same for all.</summary>
internal static class KeyCertificate
{
    private static readonly Lazy<string> Made = new(Make);

    public static string File => Made.Value;

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-certificate-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=PartnerCenter key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(folder, "keyring.pfx");
        System.IO.File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
        return file;
    }
}
