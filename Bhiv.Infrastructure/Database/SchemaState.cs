using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Database;

/// <summary>What the schema of a database is to this build. A version is the name of a migration, the last that was applied.</summary>
internal abstract record SchemaState
{
    private SchemaState()
    {
    }

    /// <summary>A new file, or one of another program.</summary>
    public sealed record None : SchemaState;

    /// <param name="IsLatest">Whether this build has none after it.</param>
    public sealed record Known(string Version, bool IsLatest) : SchemaState;

    /// <param name="Version">The first that this build does not know.</param>
    public sealed record Newer(string Version) : SchemaState;

    public static async Task<SchemaState> ReadAsync(SqliteBhivDbContext context, CancellationToken cancellationToken)
    {
        // EF takes a file that cannot be read for one without a history.
        var histories = await context.Database.SqlQuery<int>(
            $"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsHistory'").SingleAsync(cancellationToken);
        if (histories == 0) return new None();
        var known = context.Database.GetMigrations().ToList();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Except(known).FirstOrDefault() is { } newer) return new Newer(newer);
        return applied.Count == 0 ? new None() : new Known(applied[^1], applied.Count == known.Count);
    }
}
