using System.Diagnostics;
using Bhiv.Domain;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bhiv.Infrastructure.Database;

/// <summary>
/// An enum as it stands in a table. What a newer build wrote is read as a value that is no member, and never written back.
/// </summary>
internal sealed class EnumTextConverter<TEnum>() : ValueConverter<TEnum, string>(
    value => ToText(value), text => EnumText.OrOther<TEnum>(text))
    where TEnum : struct, Enum
{
    private static string ToText(TEnum value) => Enum.IsDefined(value) ? EnumText.Of(value) : throw new UnreachableException();
}
