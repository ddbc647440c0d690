using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Bhiv.Tests.Support;

/// <summary>Asks SQLite how it will do what is about to be done: statement and parameters are the service's own.</summary>
/// <param name="fragment">Of the statements to be asked about.</param>
internal sealed class QueryPlans(string fragment) : DbCommandInterceptor
{
    public volatile List<string> Last = [];

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await AskAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await AskAsync(command, cancellationToken);
        return result;
    }

    private async Task AskAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var statement = command.CommandText;
        if (!statement.Contains(fragment, StringComparison.Ordinal)) return;
#pragma warning disable CA2100 // EF's own statement.
        command.CommandText = "EXPLAIN QUERY PLAN " + statement;
        var steps = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) steps.Add(reader.GetString(3));
        }
        command.CommandText = statement;
#pragma warning restore CA2100
        await TestContext.Out.WriteLineAsync(string.Join('\n', steps));
        Last = steps;
    }
}
