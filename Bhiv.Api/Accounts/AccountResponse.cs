using System.ComponentModel.DataAnnotations;
using Bhiv.Api.OpenApi;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;

namespace Bhiv.Api.Accounts;

/// <summary>A person that can log in.</summary>
/// <param name="AccountId" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The <c>sub</c> of its tokens.</param>
/// <param name="Username" example="alice">What it logs in with.</param>
/// <param name="Roles" example="[&quot;member&quot;]">What it may do.</param>
/// <param name="CreatedAt" example="2026-03-01T09:30:00+00:00">When it was made.</param>
/// <param name="DisabledAt" example="2026-03-02T08:00:00+00:00">Since when it cannot log in; null while it can.</param>
/// <param name="PasswordChangedAt" example="2026-03-01T09:30:00+00:00">When its password was set.</param>
/// <param name="OneTimePasswordUntil" example="2026-03-02T09:30:00+00:00">Until when its one-time password is good; null where it has one of its own.</param>
/// <param name="OfEnvironment" example="false">Whether it is the one that <c>DEMO_USERNAME</c> names.</param>
/// <param name="Version" example="3">Raised by each administrative change: for <c>If-Match</c>, in quotes.</param>
public sealed record AccountResponse(
    Guid AccountId,
    [property: MaxLength(AccountName.MaximumLength)] string Username,
    [property: RoleWords] IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    DateTimeOffset PasswordChangedAt,
    DateTimeOffset? OneTimePasswordUntil,
    bool OfEnvironment,
    [property: Range(0, long.MaxValue)] long Version)
{
    internal static AccountResponse Of(Account account) => new(
        account.Id.Value,
        account.Name,
        account.Roles,
        account.CreatedAt,
        account.DisabledAt,
        account.PasswordChangedAt,
        account.OneTimePasswordUntil,
        account.IsOfEnvironment,
        account.Version);
}

/// <summary>An account as it is after a change, or as it last was where it is gone.</summary>
/// <param name="Account">The account.</param>
/// <param name="SessionsEnded" example="2">How many sessions ended with it.</param>
public sealed record EditedAccountResponse(AccountResponse Account, [property: Range(0, long.MaxValue)] long SessionsEnded)
{
    internal static EditedAccountResponse Of(AccountEditResult.Done done) => new(AccountResponse.Of(done.Account), done.SessionsEnded);
}

/// <summary>An account with the password that it was just given.</summary>
/// <param name="Account">The account.</param>
/// <param name="OneTimePassword" example="k7m2q-9xw4d-0rt5n-h3v8e">Good for one login, which replaces it. It is shown here and never again.</param>
/// <param name="SessionsEnded" example="2">How many sessions ended with the password that it had.</param>
public sealed record NewPasswordResponse(AccountResponse Account, string OneTimePassword, [property: Range(0, long.MaxValue)] long SessionsEnded)
{
    internal static NewPasswordResponse Of(NewPassword made) =>
        new(AccountResponse.Of(made.Account), made.Password.Reveal(), made.SessionsEnded);

    /// <summary>A password belongs into no log, and a record prints all of it.</summary>
    public override string ToString() => $"[one-time password of {Account.Username}]";
}
