using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerCenter.BadInputs;

/// <summary>JSON documents with something bad in one place.</summary>
internal static class NastyJson
{
    private static readonly string[] Literals =
        ["null", "true", "0", "-1", "1e400", "99999999999999999999", "1.5", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "NaN", "'x'", "{\"a\":1,\"a\":2}"];

    /// <summary>Changes one place of a document that is good so far.</summary>
    public static string Twist(string json, string value, Random random)
    {
        var document = JsonNode.Parse(json)!;
        var places = Places(document).ToList();
        var place = places[random.Next(places.Count)];
        var mark = $"mark-{random.Next():x}";
        switch (place.Parent)
        {
            case JsonObject owner:
                var name = place.GetPropertyName();
                if (random.Next(5) == 0)
                {
                    owner.Remove(name);
                    owner[value] = mark;
                }
                else
                {
                    owner[name] = mark;
                }

                break;
            case JsonArray list:
                list[place.GetElementIndex()] = mark;
                break;
        }

        var text = document.ToJsonString();
        var replacement = random.Next(2) == 0 ? Literals[random.Next(Literals.Length)] : JsonSerializer.Serialize(value);
        return text.Replace($"\"{mark}\"", replacement, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Places(JsonNode? node) => node switch
    {
        JsonObject owner => owner.Select(field => field.Value).OfType<JsonNode>().SelectMany(value => Places(value).Prepend(value)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(value => Places(value).Prepend(value)),
        _ => [],
    };
}
