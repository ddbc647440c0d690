using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using FluentValidation;

namespace Bhiv.Api.Accounts;

/// <summary>A new account.</summary>
public sealed class CreateAccountRequest
{
    /// <summary>What it logs in with, compared without regard to case. No invisible characters, and no space at its ends.</summary>
    /// <example>alice</example>
    public string? Username { get; init; }

    /// <summary>Optional: what it may do; otherwise <c>member</c>, nothing beyond its own affairs.</summary>
    /// <example>["member"]</example>
    public IReadOnlyList<string?>? Roles { get; init; }

    /// <summary>Once it is valid.</summary>
    internal IReadOnlyList<string> ToRoles() => Roles is null ? [Role.Member] : RolesRule.Of(Roles);
}

/// <summary>What an account may do from now on.</summary>
public sealed class SetRolesRequest
{
    /// <summary>In place of those that it has.</summary>
    /// <example>["admin"]</example>
    public IReadOnlyList<string?>? Roles { get; init; }

    /// <summary>Once it is valid.</summary>
    internal IReadOnlyList<string> ToRoles() => RolesRule.Of(Roles!);
}

internal sealed class CreateAccountRequestValidator : AbstractValidator<CreateAccountRequest>
{
    public CreateAccountRequestValidator()
    {
        RuleFor(request => request.Username).MustKeepTo(
            new Bounds { Required = true, MaximumLength = AccountName.MaximumLength },
            name => AccountName.TryCreate(name, out _, out var problem) ? null : problem);
        RuleFor(request => request.Roles).MustKeepTo(RolesRule.Bounds, roles => roles is null ? null : RolesRule.FindProblem(roles));
    }
}

internal sealed class SetRolesRequestValidator : AbstractValidator<SetRolesRequest>
{
    public SetRolesRequestValidator() =>
        RuleFor(request => request.Roles).MustKeepTo(RolesRule.Bounds with { Required = true }, RolesRule.FindProblem);
}

/// <summary>Roles as they are given, by a call or on a command line.</summary>
internal static class RolesRule
{
    public static readonly Bounds Bounds = new() { MaximumCount = Role.All.Count, Values = Role.All };

    public static string Rule { get; } = $"must be one or more of {string.Join(", ", Role.All)}.";

    /// <summary>Each once, in one order, whatever the caller's.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string?> roles) => [.. Role.All.Where(role => roles.Contains(role))];

    public static string? FindProblem(IReadOnlyList<string?>? roles) =>
        roles is { Count: > 0 } && roles.Count <= Role.All.Count && roles.All(role => role is not null && Role.All.Contains(role)) ? null : Rule;
}
