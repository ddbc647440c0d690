using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// An enum as it stands in a table: its name in snake_case. A name is therefore part of the schema; a test holds the texts.
/// </summary>
internal sealed class EnumTextConverter<TEnum>() : ValueConverter<TEnum, string>(
    value => ToText(value), text => FromText(text))
    where TEnum : struct, Enum
{
    public static string ToText(TEnum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static TEnum FromText(string text) => Enum.GetValues<TEnum>().Single(value => ToText(value) == text);
}
