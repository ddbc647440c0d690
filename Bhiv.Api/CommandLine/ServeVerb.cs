using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;

namespace Bhiv.Api.CommandLine;

/// <summary>
/// <c>serve --ephemeral</c>: a service that a test suite has to itself. It needs nothing, collides with nothing and leaves
/// nothing: secrets, port and database are made for this one run.
/// </summary>
internal static class ServeVerb
{
    /// <summary>
    /// Short, so that a suite sees tokens expire without waiting for it; the suite's own settings come behind and win.
    /// </summary>
    private static readonly string[] Settings =
    [
        "--environment=Development", "--urls=http://127.0.0.1:0",
        "--Tokens:AccessTokenLifetime=00:00:10", "--Tokens:RefreshTokenLifetime=00:01:00", "--Tokens:SessionLifetime=00:10:00",
        "--Tokens:RefreshLeeway=00:00:02",
        // A suite fails as often as it likes, and all of it comes from one address.
        "--Throttle:FreeFailures=100", "--Throttle:FailuresPerAddress=1000000", "--RateLimits:RequestsPerMinute=1000000",
    ];

    public static Command Describe()
    {
        var ephemeral = new Option<bool>("--ephemeral")
        {
            Description = "On a free port of this machine, with secrets, accounts and a database of its own that are gone when it ends.",
            Arity = ArgumentArity.Zero,
        };
        var serve = new Verb(
            "serve",
            "Serves a test suite. The first line of standard output says in JSON where, and with what key and accounts; the log is on "
            + "standard error. Settings may follow.",
            "Bhiv.Api serve --ephemeral > bhiv.json 2> bhiv.log",
            "Bhiv.Api serve --ephemeral --Tokens:AccessTokenLifetime=00:15:00")
        {
            ephemeral,
        };
        serve.Demand(ephemeral);
        serve.TreatUnmatchedTokensAsErrors = false;
        serve.Does((given, output) => ServeAsync(given.UnmatchedTokens, output));
        return serve;
    }

    private static async Task<int> ServeAsync(IReadOnlyList<string> settings, VerbOutput output)
    {
        var directory = Directory.CreateTempSubdirectory("bhiv-");
        try
        {
            // Neither secrets nor a database of the caller's.
            var environment = new Dictionary<string, string>
            {
                ["JWT_SECRET"] = Secret(),
                ["API_KEY"] = Secret(),
                ["DEMO_USERNAME"] = "admin",
                ["DEMO_PASSWORD"] = Secret(),
                ["BHIV_DATA"] = directory.FullName,
            };
            var member = (Name: AccountName.Of("member"), Password: Secret());
            await using var app = Program.Create([.. Settings, .. settings], environment, logToStandardError: true);
            // Until the host runs, a signal ends the process by itself.
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => directory.Delete(recursive: true));
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => directory.Delete(recursive: true));
            await Program.PrepareAsync(app);
            await app.Services.GetRequiredService<AccountAdministration>().TryCreateAsync(
                member.Name, PlainTextPassword.Of(member.Password), [Role.Member], Operator.Author, CancellationToken.None);
            app.Lifetime.ApplicationStarted.Register(() => output.Document(new
            {
                Url = app.Urls.First(),
                ApiKey = environment["API_KEY"],
                JwtSecret = environment["JWT_SECRET"],
                Accounts = new[]
                {
                    new { Username = "admin", Password = environment["DEMO_PASSWORD"], Roles = new[] { Role.Admin } },
                    new { Username = member.Name.Value, member.Password, Roles = new[] { Role.Member } },
                },
            }));
            interrupted.Dispose();
            terminated.Dispose();
            await app.RunAsync();
            return ExitCode.Done;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Secret() => RandomNumberGenerator.GetHexString(48, lowercase: true);
}
