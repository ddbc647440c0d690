using System.Text.Json;

namespace Bhiv.Domain;

/// <summary>
/// An enum as text, in tables, metrics and on the wire: its name in snake_case. A name is therefore part of the schema; a test
/// holds the texts.
/// </summary>
public static class EnumText
{
    /// <summary>What a value is called that only a newer build knows, which wrote it into the same database.</summary>
    public const string Other = "other";

    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Known<TEnum>.Texts.GetValueOrDefault(value, Other);

    /// <summary>False when no member is called so.</summary>
    public static bool TryParse<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum =>
        Known<TEnum>.Values.TryGetValue(text, out value);

    /// <summary>The member that is called so, or a value that is none and whose text is <see cref="Other"/>.</summary>
    public static TEnum OrOther<TEnum>(string text)
        where TEnum : struct, Enum =>
        TryParse<TEnum>(text, out var value) ? value : (TEnum)Enum.ToObject(typeof(TEnum), -1);

    private static class Known<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Texts = Enum.GetValues<TEnum>().ToDictionary(
            value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, TEnum> Values = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
