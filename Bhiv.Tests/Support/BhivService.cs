using Bhiv.Api;
using Bhiv.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Support;

/// <summary>The whole service in this process: real sockets and a real file, and a clock that only the test moves.</summary>
internal sealed class BhivService : IAsyncDisposable
{
    /// <summary>A test is one address that hurries and fails as often as it likes; whoever tests a limit says one behind these.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unlimited = new Dictionary<string, string>
    {
        ["Throttle:FreeFailures"] = "100",
        ["Throttle:FailuresPerAddress"] = "1000000",
        ["RateLimits:RequestsPerMinute"] = "1000000",
    };

    private readonly TemporaryDirectory? ownDirectory;
    private readonly WebApplication app;

    private BhivService(WebApplication app, FakeTimeProvider clock, string directory, TemporaryDirectory? ownDirectory)
    {
        this.app = app;
        this.ownDirectory = ownDirectory;
        Clock = clock;
        DatabasePath = Path.Combine(directory, "bhiv.db");
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public string DatabasePath { get; }

    public IServiceProvider Services => app.Services;

    /// <param name="environment">Variables beside <c>BHIV_DATA</c>.</param>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="replace">Registers in place of what stands.</param>
    /// <param name="directory">Where the database is, when it shall outlive the service.</param>
    /// <param name="clock">The clock, when it shall outlive the service.</param>
    public static async Task<BhivService> StartAsync(
        Dictionary<string, string>? environment = null,
        string[]? arguments = null,
        Action<IServiceCollection>? replace = null,
        string? directory = null,
        FakeTimeProvider? clock = null)
    {
        UsedSecrets.AddOf(environment ?? []);
        var own = directory is null ? new TemporaryDirectory() : null;
        directory ??= own!.Path;
        clock ??= new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var app = Program.Create(
            ["--environment=Development", "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Fatal",
                .. Unlimited.Select(limit => $"--{limit.Key}={limit.Value}"), .. arguments ?? []],
            new Dictionary<string, string>(environment ?? []) { ["BHIV_DATA"] = directory },
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                // By the machine's clock, for which a test need not wait.
                services.AddSingleton(new Tarpit(TimeSpan.Zero));
                replace?.Invoke(services);
            });
        await Program.PrepareAsync(app);
        await app.StartAsync();
        return new BhivService(app, clock, directory, own);
    }

    /// <summary>Runs SQL beside the service, as an operator could.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void Execute(string sql) => Query(sql, _ => 0);

    /// <summary>The password of every account is good for one login from now on, until <paramref name="until"/>; a day by default.</summary>
    public void MakePasswordOneTime(DateTimeOffset? until = null) => Execute(FormattableString.Invariant(
        $"UPDATE accounts SET one_time_password_until = {((until ?? Clock.GetUtcNow().AddDays(1)) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}"));

    /// <summary>Audit events but for the one of the first start.</summary>
    public long CountEvents() => Count("audit_events WHERE kind <> 'environment_account_applied'");

    public long Count(string table) => Query($"SELECT count(*) FROM {table}", row => row.GetInt64(0)).Single();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        ownDirectory?.Dispose();
    }
}
