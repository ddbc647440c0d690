using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bhiv.Tests.OpenApi;

/// <summary>
/// JSON Schema as OpenAPI 3.0 has it, as much of it as the document uses. It is strict: a keyword or a format that it does not know
/// is a fault too, so that none is passed over.
/// </summary>
internal sealed class SchemaValidator(JsonElement document)
{
    private static readonly string[] Silent = ["description", "example"];

    /// <summary>A keyword is about values of one type, and says nothing of others.</summary>
    private static readonly Dictionary<string, JsonValueKind> About = new()
    {
        ["required"] = JsonValueKind.Object,
        ["maxProperties"] = JsonValueKind.Object,
        ["minItems"] = JsonValueKind.Array,
        ["maxItems"] = JsonValueKind.Array,
        ["items"] = JsonValueKind.Array,
        ["pattern"] = JsonValueKind.String,
        ["minLength"] = JsonValueKind.String,
        ["maxLength"] = JsonValueKind.String,
        ["minimum"] = JsonValueKind.Number,
        ["maximum"] = JsonValueKind.Number,
    };

    public IEnumerable<string> FaultsOf(JsonElement schema, JsonElement value, string at = "body")
    {
        if (schema.TryGetProperty("$ref", out var reference)) return FaultsOf(Resolve(reference.GetString()!), value, at);
        if (value.ValueKind == JsonValueKind.Null && schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean())
            return schema.TryGetProperty("enum", out var values) ? FaultsOfKeyword(schema, "enum", values, value, at) : [];
        return schema.EnumerateObject().Where(keyword => !Silent.Contains(keyword.Name))
            .SelectMany(keyword => FaultsOfKeyword(schema, keyword.Name, keyword.Value, value, at));
    }

    public JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (found, name) => found.GetProperty(name));

    private IEnumerable<string> FaultsOfKeyword(JsonElement schema, string name, JsonElement rule, JsonElement value, string at)
    {
        switch (name)
        {
            case "allOf": return rule.EnumerateArray().SelectMany(one => FaultsOf(one, value, at));
            case "anyOf": return rule.EnumerateArray().Any(one => !FaultsOf(one, value, at).Any()) ? [] : [$"{at} is none of anyOf"];
            case "oneOf": return rule.EnumerateArray().Count(one => !FaultsOf(one, value, at).Any()) == 1 ? [] : [$"{at} is not one of oneOf"];
            case "properties": return FaultsOfMembers(rule, value, at);
            case "additionalProperties": return FaultsOfOthers(schema, rule, value, at);
            case "items" when value.ValueKind == JsonValueKind.Array:
                return value.EnumerateArray().SelectMany((item, index) => FaultsOf(rule, item, $"{at}[{index}]"));
            default:
                return IsKept(name, rule, value, schema) ? [] : [$"{at} = {value.GetRawText()} breaks {name}: {rule.GetRawText()}"];
        }
    }

    private IEnumerable<string> FaultsOfMembers(JsonElement properties, JsonElement value, string at) =>
        value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject().SelectMany(member =>
            properties.TryGetProperty(member.Name, out var schema) ? FaultsOf(schema, member.Value, $"{at}.{member.Name}") : []);

    private IEnumerable<string> FaultsOfOthers(JsonElement schema, JsonElement rule, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object) return [];
        var others = value.EnumerateObject()
            .Where(member => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(member.Name, out _));
        return rule.ValueKind == JsonValueKind.Object ? others.SelectMany(member => FaultsOf(rule, member.Value, $"{at}.{member.Name}"))
            : rule.GetBoolean() ? []
            : others.Select(member => $"{at}.{member.Name} is not documented");
    }

    private static bool IsKept(string name, JsonElement rule, JsonElement value, JsonElement schema) => name switch
    {
        _ when About.TryGetValue(name, out var kind) && kind != value.ValueKind => true,
        "type" => IsOfType(rule.GetString()!, value),
        "nullable" => true,
        "enum" => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "required" => rule.EnumerateArray().All(member => value.TryGetProperty(member.GetString()!, out _)),
        "format" => IsOfFormat(rule.GetString()!, value),
        "pattern" => Regex.IsMatch(value.GetString()!, rule.GetString()!),
        "minLength" => Length(value) >= rule.GetInt32(),
        "maxLength" => Length(value) <= rule.GetInt32(),
        "minimum" => value.GetDouble() >= rule.GetDouble(),
        "maximum" => value.GetDouble() <= rule.GetDouble(),
        "minItems" => value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.GetArrayLength() <= rule.GetInt32(),
        "maxProperties" => value.EnumerateObject().Count() <= rule.GetInt32(),
        _ => throw new AssertionException($"The keyword {name} is not known: {schema.GetRawText()}"),
    };

    /// <summary>In Unicode characters, as JSON Schema counts.</summary>
    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new AssertionException($"The type {type} is not known."),
    };

    private static bool IsOfFormat(string format, JsonElement value) => format switch
    {
        "date-time" or "date" or "uuid" or "ipv4" or "ipv6" when value.ValueKind != JsonValueKind.String => false,
        "date-time" => Regex.IsMatch(value.GetString()!, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$") && value.TryGetDateTimeOffset(out _),
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uuid" => Guid.TryParseExact(value.GetString(), "D", out _),
        "ipv4" => IPAddress.TryParse(value.GetString(), out var four) && four.AddressFamily == AddressFamily.InterNetwork,
        "ipv6" => IPAddress.TryParse(value.GetString(), out var six) && six.AddressFamily == AddressFamily.InterNetworkV6,
        "int32" or "int64" or "double" when value.ValueKind != JsonValueKind.Number => false,
        "int32" => value.TryGetInt32(out _),
        "int64" => value.TryGetInt64(out _),
        "double" => value.TryGetDouble(out _),
        _ => throw new AssertionException($"The format {format} is not known."),
    };
}
