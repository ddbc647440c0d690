using System.Globalization;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Bhiv.Api.Http;

/// <summary>The time that any request has until its answer begins (<see cref="HttpLimits.RequestTimeout"/>).</summary>
internal static class TimeLimit
{
    private static readonly string Detail = string.Create(
        CultureInfo.InvariantCulture, $"It took longer than {HttpLimits.RequestTimeout.TotalSeconds} seconds.");

    public static void AddTimeLimit(this IServiceCollection services) =>
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = Of(HttpLimits.RequestTimeout));

    public static RequestTimeoutPolicy Of(TimeSpan timeout) => new()
    {
        Timeout = timeout,
        TimeoutStatusCode = ProblemType.RequestTimeout.Status,
        WriteTimeoutResponse = context =>
        {
            // What of the body is still to come is not waited for.
            context.CloseConnection();
            return new Problem(ProblemType.RequestTimeout) { Detail = Detail }.WriteAsync(context);
        },
    };
}
