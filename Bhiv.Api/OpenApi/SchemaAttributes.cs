using System.ComponentModel.DataAnnotations;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.OpenApi;

/// <summary>The text of a member of an enum, or <c>other</c> for one that only a newer build knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EnumTextAttribute<TEnum>()
    : AllowedValuesAttribute([.. Enum.GetValues<TEnum>().Select(EnumText.Of), EnumText.Other])
    where TEnum : struct, Enum;

/// <summary>The text of a member of an enum, where this build writes no other.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownEnumTextAttribute<TEnum>() : AllowedValuesAttribute([.. Enum.GetValues<TEnum>().Select(EnumText.Of)])
    where TEnum : struct, Enum;

/// <summary>Scopes of API keys, each by itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ScopeWordsAttribute() : AllowedValuesAttribute([.. Scopes.All.ToWords()]);

/// <summary>Roles of accounts, each by itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RoleWordsAttribute() : AllowedValuesAttribute([.. Role.All]);

/// <summary>What a text is, as JSON Schema calls it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class FormatAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// How long a name in a path can be, for the document alone: a longer one is the name of nothing, and answered so.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LimitedToAttribute(int length) : Attribute
{
    public int Length { get; } = length;
}

/// <summary>A header that the action puts on its successful answer, always: with one of these values, or one that looks like the only one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswersHeaderAttribute(string name, string description, params string[] values) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>An answer that is text, as it may look.</summary>
internal sealed record TextExample(string Text);
