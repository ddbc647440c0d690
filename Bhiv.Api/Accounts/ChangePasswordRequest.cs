using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using FluentValidation;

namespace Bhiv.Api.Accounts;

/// <summary>The password that is, and the one that shall be.</summary>
// A class and not a record: a record would print them.
public sealed class ChangePasswordRequest
{
    /// <summary>The account's password.</summary>
    /// <example>correct horse battery staple</example>
    public string? CurrentPassword { get; init; }

    /// <summary>
    /// Any characters but control characters, 15 at the least (by default); none that is tried first, nor with the account's name or the
    /// service's in it, nor the current one.
    /// </summary>
    /// <example>the kettle sang twice on sunday</example>
    public string? NewPassword { get; init; }
}

internal sealed class ChangePasswordRequestValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordRequestValidator()
    {
        RuleFor(change => change.CurrentPassword).MustBePassword();
        RuleFor(change => change.NewPassword).MustBePassword();
    }
}

internal static class PasswordRule
{
    /// <summary>What any password is. Whether it is a good one is judged where it is known whose it shall be.</summary>
    public static IRuleBuilderOptions<T, string?> MustBePassword<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MustKeepTo(new Bounds { Required = true, MaximumLength = PlainTextPassword.MaximumLength }, Problem);

    public static IRuleBuilderOptions<T, string?> MustBePasswordOrAbsent<T>(this IRuleBuilder<T, string?> rule) => rule.MustKeepTo(
        new Bounds { MaximumLength = PlainTextPassword.MaximumLength }, password => password is null ? null : Problem(password));

    private static string? Problem(string? password) => PlainTextPassword.TryCreate(password, out _, out var problem) ? null : problem;
}

internal static class UnfitPassword
{
    /// <summary>What the rules of new passwords found, answered like what a validator finds.</summary>
    /// <param name="problem">The end of a sentence that begins with the field's name.</param>
    public static Problem Refuse(string problem) => Problem.OfFields(new Dictionary<string, string[]> { ["new_password"] = [problem] });
}
