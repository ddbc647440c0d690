using Bhiv.Domain;
using Microsoft.AspNetCore.Diagnostics;

namespace Bhiv.Api.Http;

/// <summary>Answers what was thrown: reading a body that is too large, too slow or cut off, and what nobody expected.</summary>
internal sealed class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException refused:
                await new Problem(ProblemType.OfStatus(refused.StatusCode) ?? ProblemType.MalformedBody).WriteAsync(httpContext);
                return true;
            // Nobody is there to be answered.
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                return true;
            case StoreUnavailableException:
                logger.StoreFailed(exception);
                await new Problem(ProblemType.Unavailable).WriteAsync(httpContext);
                return true;
            // Counted where it arose: a line for each would flood the log too.
            case OverloadedException:
                await new Problem(ProblemType.Unavailable) { Detail = "Too many calls of this kind wait already." }.WriteAsync(httpContext);
                return true;
            default:
                logger.RequestFailed(exception);
                await new Problem(ProblemType.InternalError).WriteAsync(httpContext);
                return true;
        }
    }
}
