using System.Text;

namespace PartnerCenter.BadInputs;

/// <summary>What somebody would fill in who means well, so that the rest of a request is looked at too.</summary>
internal static class GoodValues
{
    private const int MostIds = 40;

    private static readonly Dictionary<string, string> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["organization"] = "alpine-cloud",
        ["organizations"] = "alpine-cloud",
        ["key"] = "alpine-cloud",
        ["workspace"] = "billing",
        ["program"] = "reseller",
        ["article"] = "action-center",
        ["status"] = "404",
        ["provider"] = IdentityProvider.Key,
        ["documentName"] = "v1",
        ["version"] = "x",
        ["person"] = "newcomer",
        ["language"] = "en",
        ["emailLanguage"] = "en",
        ["theme"] = "dark",
        ["density"] = "compact",
        ["role"] = "billing_admin",
        ["roles"] = "billing_admin",
        ["kind"] = "promotional-notification",
        ["view"] = "notifications",
        ["returnUrl"] = "/o/alpine-cloud",
        ["timeZone"] = "Europe/Amsterdam",
        ["country"] = "NL",
        ["address"] = "somebody@example.test",
        ["email"] = "somebody@example.test",
        ["Idempotency-Key"] = "bad-inputs",
    };

    /// <summary>A file of people as the portal writes it.</summary>
    public static byte[] Csv { get; } = Encoding.UTF8.GetBytes("name,email,role\r\nSomebody,somebody@example.test,billing_admin\r\n");

    public static string For(Input input, Random random)
    {
        if (ByName.TryGetValue(input.Name, out var named))
            return named;
        var type = Nullable.GetUnderlyingType(input.Type) ?? input.Type;
        if (input.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || input.Name is "item" or "people" or "items")
            return $"{random.Next(1, MostIds)}";
        if (type.IsEnum)
            return Enum.GetNames(type)[random.Next(Enum.GetNames(type).Length)];
        if (type == typeof(bool))
            return "true";
        if (type == typeof(DateOnly) || type == typeof(DateTime) || type == typeof(DateTimeOffset))
            return "2027-06-30";
        if (type == typeof(TimeOnly))
            return "08:30";
        return type.IsPrimitive ? $"{random.Next(1, MostIds)}" : "Some words";
    }

    /// <summary>A body as the API wants it.</summary>
    public static string BodyFor(Type type) => type.IsGenericType || type.IsArray
        ? """[{"messageId":"<ob.1@example.com>","event":"bounced","at":"2026-03-02T09:00:00Z","recipient":"anna@example.org","detail":"550 5.1.1"}]"""
        : """
            {"workspace":"billing","kind":"mandatory-action","dueInDays":30,"completion":"organization","link":"/o/alpine-cloud","requiredByAgreement":false,
             "audience":{"roles":["billing_admin"],"organizations":["alpine-cloud"]},
             "content":{"en":{"title":"Check your bank details","body":"They changed **last week**."},"nl":{"title":"Controleer","body":"Nu."}}}
            """;

    /// <summary>A file that is nearly one of people.</summary>
    public static byte[] BadCsv(Random random, string value) => random.Next(4) switch
    {
        0 => [.. Csv, .. Encoding.UTF8.GetBytes($"{value},{value},{value}\r\n")],
        1 => [.. Encoding.UTF8.GetBytes($"name,email,{value}\r\n"), .. Csv],
        2 => [.. Csv, .. "\"never closed"u8, .. Encoding.UTF8.GetBytes(value)],
        _ => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(value), 0x00],
    };
}
