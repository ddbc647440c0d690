using Bhiv.Api.Http;
using Bhiv.Application.Audit;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Audit;

[ApiController]
[Tags("Audit")]
[Route("api/v1/audit")]
[RequireAdministrator]
[KnownQuery]
public sealed class AuditController(AuditReport report) : ControllerBase
{
    /// <summary>Failed logins</summary>
    /// <remarks>
    /// Refused passwords, API keys and tokens, the newest first. Passwords are a row each; keys and tokens that were refused alike
    /// within a minute are one row with a count, and are here about a second later.
    /// </remarks>
    /// <response code="200">A page, or a stream of all there is.</response>
    [HttpGet("failed-logins", Name = "listFailedLogins")]
    [Produces(RowFormats.Json, RowFormats.NdJson, RowFormats.Csv)]
    [ProducesResponseType<Page<FailedLoginResponse>>(StatusCodes.Status200OK)]
    public IActionResult FailedLogins([FromQuery] FailedLoginsQuery query) =>
        new RowsResult<FailedLoginResponse>(
            report.ReadFailedLoginsAsync(query.ToFilter(), query.ToPosition(), query.ToLimit()).Select(FailedLoginResponse.Of), query);

    /// <summary>Failed logins by the hour</summary>
    /// <remarks>How many, for what reasons, and the ten addresses and the ten accounts with the most; the newest hour first.</remarks>
    /// <response code="200">An entry for each hour in which there was one.</response>
    [HttpGet("failed-logins/summary", Name = "summariseFailedLogins")]
    [ProducesResponseType<IReadOnlyList<FailedLoginHourResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Summary([FromQuery] SummaryQuery query, CancellationToken cancellationToken)
    {
        var (from, until) = query.ToRange();
        var hours = await report.SummariseFailedLoginsAsync(from, until, cancellationToken);
        return Ok(hours.Select(FailedLoginHourResponse.Of));
    }

    /// <summary>Audit events</summary>
    /// <remarks>What was decided about sessions and accounts, by whom and on what evidence, the newest first.</remarks>
    /// <response code="200">A page, or a stream of all there is.</response>
    [HttpGet("events", Name = "listAuditEvents")]
    [Produces(RowFormats.Json, RowFormats.NdJson, RowFormats.Csv)]
    [ProducesResponseType<Page<AuditEventResponse>>(StatusCodes.Status200OK)]
    public IActionResult Events([FromQuery] AuditEventsQuery query) =>
        new RowsResult<AuditEventResponse>(
            report.ReadEventsAsync(query.ToFilter(), query.ToPosition(), query.ToLimit()).Select(AuditEventResponse.Of), query);
}
