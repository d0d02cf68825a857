using Microsoft.Playwright;
using OtpNet;

namespace PartnerCenter.BrowserTests;

/// <summary>What somebody does who signs in by a password of the portal.</summary>
internal static class PasswordVerbs
{
    public const string Password = "kettle orbit marmalade";

    public static async Task EnterPassword(this IPage page, string address, string password)
    {
        await page.Locator("#Address").FillAsync(address);
        await page.Locator("#Password").FillAsync(password);
        await page.Button("Sign in").ClickAsync();
    }

    /// <summary>The code that an app shows now.</summary>
    /// <param name="key">The key that was typed into it.</param>
    public static string CodeOf(string key) => new Totp(Base32Encoding.ToBytes(key.Replace(" ", "", StringComparison.Ordinal))).ComputeTotp();
}
