using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>Which files are taken for a certificate, and what is said of the others.</summary>
public sealed class KeyRingCertificateTests : IDisposable
{
    private const string Password = "k3n-Tz.9v";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("partnercenter-certificate-").FullName;
    private readonly X509Certificate2 _certificate = KeyCertificates.Make();

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void None_that_is_named_is_none() => Assert.Null(Read(file: ""));

    [Fact]
    public void A_PFX_file_is_taken_with_and_without_a_password()
    {
        Assert.Equal(_certificate, Read(Write(_certificate.Export(X509ContentType.Pfx))));
        Assert.Equal(_certificate, Read(Write(_certificate.Export(X509ContentType.Pfx, Password)), Password));
    }

    [Fact]
    public void A_PEM_file_with_its_key_is_taken_with_and_without_a_password()
    {
        using var key = _certificate.GetRSAPrivateKey()!;

        Assert.Equal(_certificate, Read(Write($"{_certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}")));
        Assert.Equal(_certificate, Read(Write($"{key.ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption)}\n{_certificate.ExportCertificatePem()}"), Password));
    }

    [Fact]
    public void A_relative_path_begins_at_the_content_root()
    {
        Write(_certificate.Export(X509ContentType.Pfx));

        Assert.Equal(_certificate, Read("certificate"));
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_the_name_of_the_setting_and_without_its_password()
    {
        using var curve = ECDsa.Create();
        using var ofCurve = new CertificateRequest("CN=x", curve, HashAlgorithmName.SHA256).CreateSelfSigned(new FixedTime().GetUtcNow(), new FixedTime().GetUtcNow().AddYears(1));

        AssertRefused("which is not there", () => Read(Path.Combine(_folder, "nothing.pfx")));
        AssertRefused("which is not there", () => Read(Path.Combine(_folder, "no-folder", "nothing.pfx")));
        AssertRefused("KeyRing:CertificatePassword is not its password", () => Read(Write(_certificate.Export(X509ContentType.Pfx, "another")), Password));
        AssertRefused("no PFX or PEM file", () => Read(Write("This is no certificate."), Password));
        AssertRefused("no PFX or PEM file", () => Read(Write("")));
        AssertRefused("no PFX or PEM file with a key", () => Read(Write(_certificate.ExportCertificatePem())));
        AssertRefused("which has no RSA key", () => Read(Write(ofCurve.Export(X509ContentType.Pfx))));
    }

    private static void AssertRefused(string says, Action read)
    {
        var fault = Assert.Throws<StartupException>(read);
        Assert.StartsWith("KeyRing:CertificateFile names '", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, fault.Message, StringComparison.Ordinal);
    }

    private string Write(string content) => Write(System.Text.Encoding.ASCII.GetBytes(content));

    private string Write(byte[] content)
    {
        var file = Path.Combine(_folder, "certificate");
        File.WriteAllBytes(file, content);
        return file;
    }

    private X509Certificate2? Read(string file, string? password = null) => KeyRingCertificate.Current.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["KeyRing:CertificateFile"] = file,
            ["KeyRing:CertificatePassword"] = password,
        }).Build(),
        new Place(_folder));

    private sealed class Place(string folder) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "PartnerCenter";

        public string ContentRootPath { get; set; } = folder;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
