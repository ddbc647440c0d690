using Bhiv.Api.Http;
using Bhiv.Domain.ApiKeys;
using FluentValidation;

namespace Bhiv.Api.ApiKeys;

internal static class ClientIdRule
{
    /// <summary>The end of a sentence.</summary>
    public const string Rule = "must have 1 to 64 characters: a-z and 0-9, and between them . _ and - too.";

    private static readonly Bounds Bounds = new() { MaximumLength = ClientId.MaximumLength, Pattern = ClientId.Pattern };

    public static IRuleBuilderOptions<T, string?> MustBeClientId<T>(this IRuleBuilder<T, string?> rule) => rule.MustKeepTo(
        Bounds with { Required = true }, text => text is not null && ClientId.IsValid(text) ? null : Rule);

    public static IRuleBuilderOptions<T, string?> MustBeClientIdOrAbsent<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MustKeepTo(Bounds, text => text is null || ClientId.IsValid(text) ? null : Rule);
}
