using System.Diagnostics;
using System.Globalization;
using Bhiv.Domain.Doctor;
using Bhiv.Infrastructure.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Doctor;

/// <summary>Looks at the database and writes nothing, whatever it finds. Expects <see cref="DatabaseOptions.IsReadOnly"/>.</summary>
internal sealed class DatabaseExamination(IDbContextFactory<SqliteBhivDbContext> contexts, DatabaseOptions options)
{
    // SQLite's primary result codes BUSY, LOCKED, PROTOCOL, and READONLY, which it says where somebody must first mend the log's index.
    private static readonly int[] Busy = [5, 6, 8, 15];

    // And CORRUPT.
    private const int Corrupt = 11;

    public async Task<DatabaseFacts> RunAsync(CancellationToken cancellationToken)
    {
        var place = DatabasePlace.Look(options);
        return new DatabaseFacts(
            options.FilePath, place.Files, place.Directory, place.MayWriteDirectory, place.FreeBytes, await ReadAsync(cancellationToken));
    }

    private async Task<DatabaseReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Not File.Exists, to which a directory that one may not enter is one without the file.
            var attributes = File.GetAttributes(options.FilePath);
            if (attributes.HasFlag(FileAttributes.ReparsePoint)) return new DatabaseReading.Unreadable("It is a symbolic link.");
            if (attributes.HasFlag(FileAttributes.Directory)) return new DatabaseReading.Unreadable("It is a directory.");
            if (UntouchedFile.IsWriteAhead(options.FilePath) is not { } isWriteAhead)
            {
                return new FileInfo(options.FilePath).Length == 0
                    ? new DatabaseReading.Foreign()
                    : new DatabaseReading.Unreadable("It is no database.");
            }
            if (UntouchedFile.IsLogUnreadable(options.FilePath)) return new DatabaseReading.Busy("There is a -wal beside it and no -shm.");
            var hadLog = UntouchedFile.HasLog(options.FilePath);
            var reading = await ReadAsync(isWriteAhead, cancellationToken);
            // It was read as one that cannot change, and does.
            return hadLog == UntouchedFile.HasLog(options.FilePath) ? reading : new DatabaseReading.Busy("A server began or ended meanwhile.");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new DatabaseReading.Missing();
        }
        catch (SqliteException fault)
        {
            return Busy.Contains(fault.SqliteErrorCode) ? new DatabaseReading.Busy(fault.Message)
                : fault.SqliteErrorCode == Corrupt ? new DatabaseReading.Damaged(fault.Message)
                : new DatabaseReading.Unreadable(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new DatabaseReading.Unreadable(fault.Message);
        }
    }

    private async Task<DatabaseReading> ReadAsync(bool isWriteAhead, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var schema = await SchemaState.ReadAsync(context, cancellationToken);
        if (schema is SchemaState.None) return new DatabaseReading.Foreign();
        var found = await PragmaAsync(context, "quick_check(1)", cancellationToken);
        if (found != "ok") return new DatabaseReading.Damaged(found.Split('\n')[^1]);
        return schema switch
        {
            SchemaState.Newer newer => new DatabaseReading.Newer(newer.Version),
            SchemaState.Known { IsLatest: true } known => new DatabaseReading.Current(
                known.Version,
                isWriteAhead,
                int.Parse(await PragmaAsync(context, "synchronous", cancellationToken), CultureInfo.InvariantCulture),
                await NewestTime.ReadAsync(context, cancellationToken)),
            SchemaState.Known known => new DatabaseReading.Older(known.Version),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<string> PragmaAsync(SqliteBhivDbContext context, string pragma, CancellationToken cancellationToken)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // A literal of this file; a pragma takes no parameters.
        command.CommandText = $"PRAGMA {pragma}";
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)!;
    }
}
