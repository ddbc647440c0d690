using System.Diagnostics;
using Bhiv.Infrastructure.Database;
using Microsoft.Data.Sqlite;

namespace Bhiv.Benchmark.Serving;

/// <summary>What the server mode does with the database of its server, beside it and on its core.</summary>
internal sealed class ServerDatabase(DatabaseOptions options)
{
    /// <summary>Sessions that live for days and lie as far apart as they can: no two that go together share a page.</summary>
    public long AddSessions(long count)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        var week = 7L * 24 * 3600 * 1_000_000;
        return Fill($"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
            INSERT INTO refresh_tokens (session_id, account_id, client_id, account_epoch, secret, generation, kid, rotated_at,
                expires_at, session_ends_at, created_at, user_agent, address)
            SELECT printf('%08x-%04x-7000-8000-%012x', n * 2654435761 & 4294967295, n & 65535, n), account_id, 'default', 0,
                randomblob(32), 7, '0123456789abcdef', {now}, {now} + {week} - n * 7919 % {count}, {now} + 4 * {week}, {now},
                'Mozilla/5.0 (X11; Linux x86_64)', '192.0.2.1'
            FROM number, accounts
            """);
    }

    /// <summary>As if another process had revoked so many sessions just now: the server learns of it by its feed.</summary>
    public long AddRevocations(long count)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        return Fill($"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
            INSERT INTO audit_events (at, kind, account_id, session_id, client_id, reason, evidence)
            SELECT {now}, 'session_revoked', account_id, printf('%08x-%04x-7000-8000-%012x', n * 2654435761 & 4294967295, n & 65535, n),
                'default', 'logout', json_object()
            FROM number, accounts
            """);
    }

    /// <summary>
    /// So many pairs of accounts, <c>member 1</c> and the disabled <c>former 1</c> and so on, all with the password of the first account.
    /// </summary>
    public long AddAccounts(long count) => Fill($"""
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count}),
            kind(digit, name, disabled_at) AS (VALUES (1, 'member ', NULL), (2, 'former ', 1))
        INSERT INTO accounts (account_id, name, name_key, password_hash, roles, epoch, created_at, disabled_at)
        SELECT printf('%08x-000%d-7000-8000-000000000000', n, digit), kind.name || n, lower(kind.name || n), first.password_hash, first.roles, 0,
            first.created_at, kind.disabled_at
        FROM number, kind, (SELECT * FROM accounts LIMIT 1) first
        """) / 2;

    /// <summary>
    /// The rate of the UPDATE that a refresh is, and of nothing else: the oldest session's row, one commit each, on the disk before
    /// the next.
    /// </summary>
    public double UpdatesPerSecond(TimeSpan time)
    {
        using var connection = Open();
        if (Scalar(connection, "PRAGMA journal_mode") is not "wal" || Scalar(connection, "PRAGMA synchronous") is not 2L)
            throw new BenchmarkException("The bare UPDATE would not be as durable as a refresh.");
        var id = Scalar(connection, "SELECT session_id FROM refresh_tokens ORDER BY created_at LIMIT 1");
        var generation = (long)Scalar(connection, $"SELECT generation FROM refresh_tokens WHERE session_id = '{id}'")!;
        using var update = connection.CreateCommand();
        update.CommandText =
            """
            UPDATE refresh_tokens
            SET generation = @next, kid = @kid, rotated_at = @now, expires_at = @expires, user_agent = @agent, address = @address
            WHERE session_id = @id AND generation = @generation AND revoked_at IS NULL AND expires_at > @now
                AND EXISTS (SELECT 1 FROM accounts a WHERE a.account_id = refresh_tokens.account_id
                    AND a.epoch = refresh_tokens.account_epoch AND a.disabled_at IS NULL)
            """;
        foreach (var (name, value) in new (string, object?)[]
        {
            ("@id", id), ("@kid", "0123456789abcdef"), ("@agent", "benchmark"), ("@address", "127.0.0.1"),
            ("@next", 0L), ("@generation", 0L), ("@now", 0L), ("@expires", 0L),
        })
            update.Parameters.AddWithValue(name, value);
        update.Prepare();

        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < time; count++)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
            update.Parameters["@generation"].Value = generation;
            update.Parameters["@next"].Value = ++generation;
            update.Parameters["@now"].Value = now;
            update.Parameters["@expires"].Value = now + (7L * 24 * 3600 * 1_000_000);
            if (update.ExecuteNonQuery() != 1) throw new BenchmarkException("The bare UPDATE changed nothing.");
        }
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private long Fill(string insert)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Numbers alone are put into it.
        command.CommandText = insert;
#pragma warning restore CA2100
        var added = command.ExecuteNonQuery();
        Scalar(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return added;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={options.FilePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Nothing from outside is put into it.
        command.CommandText = query;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
