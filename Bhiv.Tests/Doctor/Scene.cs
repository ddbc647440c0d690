using System.Security.Cryptography;
using System.Text;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Doctor;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Doctor;

/// <summary>A service that somebody keeps running in Production, and what <c>doctor</c> says of it.</summary>
internal sealed class Scene : IDisposable
{
    public const string Secret = "8f0c1b7e5d3a49268f0c1b7e5d3a49268f0c1b7e5d3a49268f0c1b7e5d3a4926";
    public const string OtherSecret = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";
    public const string ApiKey = "5d3a49268f0c1b7e5d3a49268f0c1b7e5d3a49268f0c1b7e";
    public const string OtherApiKey = "c6d7e8f90a1b2c3d4e5f6071c6d7e8f90a1b2c3d4e5f6071";

    private readonly TemporaryDirectory directory = new();

    /// <param name="now">For a process, whose clock nobody moves.</param>
    public Scene(DateTimeOffset? now = null)
    {
        Clock = new(now ?? new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Root = directory.Path;
        Environment = new()
        {
            ["JWT_SECRET"] = Secret,
            ["API_KEY"] = ApiKey,
            ["DEMO_USERNAME"] = "admin",
            ["DEMO_PASSWORD"] = "the kettle sang twice",
            ["BHIV_DATA"] = DataDirectory,
        };
    }

    public string Root { get; }

    public string DataDirectory => Path.Combine(Root, "data");

    public string Database => Path.Combine(DataDirectory, "bhiv.db");

    public Dictionary<string, string> Environment { get; }

    /// <summary>As on the command line.</summary>
    public List<string> Settings { get; } = ["--environment=Production"];

    public FakeTimeProvider Clock { get; }

    /// <summary>What differs from run to run, and what stands for it.</summary>
    public Dictionary<string, string> Masks { get; } = [];

    /// <summary>Starts the service on it as it is, and stops it.</summary>
    public async Task ServeAsync(Func<BhivService, Task>? meanwhile = null)
    {
        await using var service = await BhivService.StartAsync(Environment, directory: DataDirectory, clock: new FakeTimeProvider(Clock.GetUtcNow()));
        if (meanwhile is not null) await meanwhile(service);
    }

    public Task<Evidence> GatherAsync() => Examination.GatherAsync([.. Settings], Environment, Clock);

    public void Execute(string sql) => Ask(sql);

    /// <summary>The first value of the first row, if there is one.</summary>
    public object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public IReadOnlyList<Finding> Mask(IEnumerable<Finding> findings) => [.. findings.Select(it => it with { Found = Mask(it.Found) })];

    public static string Write(IReadOnlyList<Finding> findings, bool json = false)
    {
        using var text = new StringWriter();
        DoctorVerb.Answer(findings, new VerbOutput(text, TextWriter.Null, json, 80, styled: false));
        return text.ToString();
    }

    /// <summary>Each entry with its mode and its content, SQLite's own files too.</summary>
    public IReadOnlyList<string> Entries() =>
    [
        .. new DirectoryInfo(Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(it => it.FullName, StringComparer.Ordinal)
            .Select(it => $"{it.FullName} {it.UnixFileMode} {it.LinkTarget} {it.LastWriteTimeUtc:O} {(it is FileInfo { LinkTarget: null } ? Hash(it.FullName) : "")}"),
    ];

    public void AssertHasNoSecret(string output)
    {
        foreach (var name in new[] { "JWT_SECRET", "JWT_SECRET_PREVIOUS", "JWT_SECRET_NEXT", "API_KEY", "API_KEY_PREVIOUS", "DEMO_PASSWORD" })
        {
            if (Environment.GetValueOrDefault(name) is not { } secret) continue;
            var bytes = Encoding.UTF8.GetBytes(secret);
            // Without the wrapping of the table, which would part one.
            foreach (var form in new[] { secret, Convert.ToBase64String(bytes).TrimEnd('='), Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes) })
                Assert.That(string.Concat(output.Split([' ', '\n'])), Does.Not.Contain(form.Replace(" ", "", StringComparison.Ordinal)), name);
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        directory.Dispose();
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private string Mask(string text)
    {
        foreach (var (what, mask) in Masks) text = text.Replace(what, mask, StringComparison.Ordinal);
        text = text.Replace(DataDirectory, "/var/lib/bhiv", StringComparison.Ordinal).Replace(Root, "/run", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(text, "[0-9]+ MiB are free(?!d| where)", "76000 MiB are free");
    }
}
