using System.Diagnostics;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Accounts;

[ApiController]
[Tags("Accounts")]
[Route("api/v1/accounts")]
[RequireAdministrator]
public sealed class AccountsController(AccountAdministration accounts) : ControllerBase
{
    private const string ETag = "The account's version: sent back in If-Match, a change is refused where another came first.";

    /// <summary>Accounts</summary>
    /// <remarks>People, by their names.</remarks>
    /// <response code="200">A page.</response>
    [HttpGet(Name = "listAccounts")]
    [KnownQuery]
    [ProducesResponseType<Page<AccountResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery] AccountsQuery query, CancellationToken cancellationToken)
    {
        var found = await accounts.ListAsync(query.Search, query.ToPosition(), query.ToLimit(), cancellationToken);
        // A full page may have been the last one: then the next is empty.
        return Ok(new Page<AccountResponse>(
            [.. found.Select(AccountResponse.Of)], found.Count == query.ToLimit() ? AccountsQuery.CursorOf(found[^1]) : null));
    }

    /// <summary>Make an account</summary>
    /// <remarks>Its one-time password is in this answer and nowhere else. It is good for a day and for one login, which sets another: `new_password` of the login.</remarks>
    /// <param name="request">What it is called, and what it may do.</param>
    /// <response code="201">The account and its password.</response>
    [HttpPost(Name = "createAccount")]
    [Refuses(nameof(ProblemType.Conflict))]
    [AnswersHeader("ETag", ETag, "\"0\"")]
    [ProducesResponseType<NewPasswordResponse>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Create(CreateAccountRequest request, CancellationToken cancellationToken)
    {
        var name = AccountName.Of(request.Username);
        var (result, made) = await accounts.TryCreateAsync(name, request.ToRoles(), HttpContext.Author(), cancellationToken);
        return result switch
        {
            AccountAddition.Added => Show(made!, StatusCodes.Status201Created),
            AccountAddition.NameTaken => new Problem(ProblemType.Conflict) { Detail = AccountRefusals.NameTaken },
            AccountAddition.NotAdministrator => await AdministratorRequirement.RefuseAsync(HttpContext),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>An account</summary>
    /// <remarks>As it stands now.</remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <response code="200">The account.</response>
    [HttpGet("{id}", Name = "getAccount")]
    [Refuses(nameof(ProblemType.NotFound))]
    [AnswersHeader("ETag", ETag, "\"3\"")]
    [ProducesResponseType<AccountResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Get([Format("uuid")] string id, CancellationToken cancellationToken)
    {
        if (!AccountId.TryParse(id, out var account) || await accounts.FindAsync(account, cancellationToken) is not { } found)
            return AccountRefusals.NotFound;
        Response.Headers.ETag = AccountVersion.Of(found);
        return Ok(AccountResponse.Of(found));
    }

    /// <summary>Disable an account</summary>
    /// <remarks>It cannot log in, and its sessions and their access tokens are ended: at once here, within a second in other processes.</remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <param name="ifMatch" example="&quot;3&quot;">Optional: the ETag of the account as it was read.</param>
    /// <response code="200">The account.</response>
    [HttpPost("{id}/disable", Name = "disableAccount")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict), nameof(ProblemType.ValidationFailed))]
    [AnswersHeader("ETag", ETag, "\"4\"")]
    [ProducesResponseType<EditedAccountResponse>(StatusCodes.Status200OK)]
    public Task<IActionResult> Disable([Format("uuid")] string id, [FromHeader(Name = "If-Match"), LimitedTo(AccountVersion.MaximumLength)] string? ifMatch) =>
        EditAsync(id, ifMatch, (account, version) => accounts.DisableAsync(account, version, HttpContext.Author()));

    /// <summary>Enable an account</summary>
    /// <remarks>It can log in again, with the password that it had. Sessions that were ended stay so.</remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <param name="ifMatch" example="&quot;3&quot;">Optional: the ETag of the account as it was read.</param>
    /// <response code="200">The account.</response>
    [HttpPost("{id}/enable", Name = "enableAccount")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict), nameof(ProblemType.ValidationFailed))]
    [AnswersHeader("ETag", ETag, "\"4\"")]
    [ProducesResponseType<EditedAccountResponse>(StatusCodes.Status200OK)]
    public Task<IActionResult> Enable([Format("uuid")] string id, [FromHeader(Name = "If-Match"), LimitedTo(AccountVersion.MaximumLength)] string? ifMatch) =>
        EditAsync(id, ifMatch, (account, version) => accounts.EnableAsync(account, version, HttpContext.Author()));

    /// <summary>Set an account's roles</summary>
    /// <remarks>One that is taken counts from the next call on, one that is given from the next refresh: what a token says of roles only refuses early.</remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <param name="request">The roles.</param>
    /// <param name="ifMatch" example="&quot;3&quot;">Optional: the ETag of the account as it was read.</param>
    /// <response code="200">The account.</response>
    [HttpPut("{id}/roles", Name = "setAccountRoles")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict))]
    [AnswersHeader("ETag", ETag, "\"4\"")]
    [ProducesResponseType<EditedAccountResponse>(StatusCodes.Status200OK)]
    public Task<IActionResult> SetRoles([Format("uuid")] string id, SetRolesRequest request, [FromHeader(Name = "If-Match"), LimitedTo(AccountVersion.MaximumLength)] string? ifMatch) =>
        EditAsync(id, ifMatch, (account, version) => accounts.SetRolesAsync(account, version, request.ToRoles(), HttpContext.Author()));

    /// <summary>Reset an account's password</summary>
    /// <remarks>
    /// A one-time password takes its place, and its sessions are ended. It is in this answer and nowhere else, good for a day and for one
    /// login, which sets another.
    /// </remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <param name="ifMatch" example="&quot;3&quot;">Optional: the ETag of the account as it was read.</param>
    /// <response code="200">The account and its password.</response>
    [HttpPost("{id}/reset-password", Name = "resetAccountPassword")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict), nameof(ProblemType.ValidationFailed))]
    [AnswersHeader("ETag", ETag, "\"4\"")]
    [ProducesResponseType<NewPasswordResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ResetPassword(
        [Format("uuid")] string id, [FromHeader(Name = "If-Match"), LimitedTo(AccountVersion.MaximumLength)] string? ifMatch, CancellationToken cancellationToken)
    {
        NewPassword? made = null;
        var answer = await EditAsync(id, ifMatch, async (account, version) =>
        {
            (var result, made) = await accounts.ResetPasswordAsync(account, version, HttpContext.Author(), cancellationToken);
            return result;
        });
        return made is null ? answer : Show(made, StatusCodes.Status200OK);
    }

    /// <summary>Delete an account</summary>
    /// <remarks>Its sessions end with it, and its name is free. What was recorded of it stays, under its id.</remarks>
    /// <param name="id" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The `account_id`.</param>
    /// <param name="ifMatch" example="&quot;3&quot;">Optional: the ETag of the account as it was read.</param>
    /// <response code="200">The account as it was.</response>
    [HttpDelete("{id}", Name = "deleteAccount")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict), nameof(ProblemType.ValidationFailed))]
    [ProducesResponseType<EditedAccountResponse>(StatusCodes.Status200OK)]
    public Task<IActionResult> Delete([Format("uuid")] string id, [FromHeader(Name = "If-Match"), LimitedTo(AccountVersion.MaximumLength)] string? ifMatch) =>
        EditAsync(id, ifMatch, (account, version) => accounts.DeleteAsync(account, version, HttpContext.Author()));

    private async Task<IActionResult> EditAsync(string id, string? ifMatch, Func<AccountId, long?, Task<AccountEditResult>> edit)
    {
        // An empty one is read as none.
        if (!AccountVersion.TryParse(ifMatch ?? (Request.Headers.IfMatch.Count > 0 ? "" : null), out var version)) return AccountVersion.Malformed;
        if (!AccountId.TryParse(id, out var account)) return AccountRefusals.NotFound;
        switch (await edit(account, version))
        {
            case AccountEditResult.Done done:
                if (!HttpMethods.IsDelete(Request.Method)) Response.Headers.ETag = AccountVersion.Of(done.Account);
                return Ok(EditedAccountResponse.Of(done));
            case AccountEditResult.NotFound:
                return AccountRefusals.NotFound;
            case AccountEditResult.Outdated(var present):
                return new Problem(ProblemType.Conflict) { Detail = AccountRefusals.Outdated(present) };
            case AccountEditResult.LastAdministrator:
                return new Problem(ProblemType.Conflict) { Detail = AccountRefusals.LastAdministrator };
            case AccountEditResult.OfEnvironment:
                return new Problem(ProblemType.Conflict) { Detail = AccountRefusals.OfEnvironment };
            case AccountEditResult.OfOneself:
                return new Problem(ProblemType.Conflict) { Detail = AccountRefusals.OfOneself };
            case AccountEditResult.NotAdministrator:
                return await AdministratorRequirement.RefuseAsync(HttpContext);
            default:
                throw new UnreachableException();
        }
    }

    private ObjectResult Show(NewPassword made, int status)
    {
        Response.Headers.ETag = AccountVersion.Of(made.Account);
        return StatusCode(status, NewPasswordResponse.Of(made));
    }
}

/// <summary>Said alike by the calls and the verbs.</summary>
internal static class AccountRefusals
{
    public const string NameTaken = "There is an account of this name.";

    public const string LastAdministrator =
        "It is the last administrator who can log in: give another account the role admin first, and let its owner log in once.";

    public const string OfEnvironment =
        "It is the account that DEMO_USERNAME names, which the next start would make anew. Disable it, or let DEMO_USERNAME name another first.";

    public const string OfOneself =
        "It is your own account. Another administrator changes it, or whoever runs the service by the verb accounts; your password you change by POST /api/v1/auth/password.";

    public static readonly Problem NotFound = new(ProblemType.NotFound) { Detail = "There is no such account." };

    public static string Outdated(long version) =>
        FormattableString.Invariant($"Another change came first: the account is of version {version} now. Read it again, and decide again.");
}
