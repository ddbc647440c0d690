using System.Collections;
using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Audit;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Configuration;
using Bhiv.Api.Doctor;
using Bhiv.Api.Explaining;
using Bhiv.Api.Health;
using Bhiv.Api.Http;
using Bhiv.Api.Monitoring;
using Bhiv.Api.OpenApi;
using Bhiv.Api.Rotation;
using Bhiv.Api.Throttling;
using Bhiv.Api.Tokens;
using Bhiv.Domain;
using Bhiv.Domain.Doctor;
using Bhiv.Infrastructure;

namespace Bhiv.Api;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (Verbs.AreAskedFor(args)) return await Verbs.RunAsync(args);
            await using var app = Create(args, Variables());
            await PrepareAsync(app);
            await app.RunAsync();
            return ExitCode.Done;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync("Bhiv did not start:" + Environment.NewLine + CredentialShapes.Mask(refusal.Message));
            return ExitCode.Refused;
        }
        catch (IOException fault) when (Addresses.IsInUse(fault))
        {
            await Console.Error.WriteLineAsync(
                $"Bhiv did not start: {fault.Message} Choose another with --urls http://localhost:8001 or ASPNETCORE_URLS.");
            return ExitCode.Failed;
        }
        catch (Exception fault)
        {
            await Console.Error.WriteLineAsync("Bhiv stopped: " + CredentialShapes.Mask(fault.ToString()));
            return ExitCode.Failed;
        }
    }

    /// <summary>The variables of the process.</summary>
    internal static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty);

    /// <param name="environment">Secrets are read from nowhere else.</param>
    /// <param name="replace">Registers in place of what stands; for tests.</param>
    /// <param name="logToStandardError">Where standard output is the answer of a verb.</param>
    /// <param name="readOnly">Nothing can be written to the database, and reading it leaves no trace: for a verb that only looks.</param>
    internal static WebApplication Create(
        string[] args,
        IReadOnlyDictionary<string, string> environment,
        Action<IServiceCollection>? replace = null,
        bool logToStandardError = false,
        bool readOnly = false)
    {
        var builder = CreateBuilder(args);
        var settings = Settings.Read(builder.Configuration, environment, builder.Environment.IsDevelopment());

        builder.AddLogging(logToStandardError);
        builder.AddSentry(settings.SentryDsn);
        builder.AddHttp(settings.Addresses, settings.Http);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTelemetry(settings);
        builder.Services.AddInfrastructure(settings.Database with { IsReadOnly = readOnly });
        builder.Services.AddApiKeys(settings.ApiKeys, settings.Secrets.ApiKeys);
        builder.Services.AddRateLimits(settings.RateLimits);
        builder.Services.AddAccounts(settings);
        builder.Services.AddThrottle(settings.Throttle);
        builder.Services.AddTokens(settings.Tokens);
        builder.Services.AddRotation(settings);
        builder.Services.AddAudit();
        builder.Services.AddExplaining();
        builder.Services.AddHealth(settings.Health, InfrastructureExtensions.HealthChecks());
        builder.Services.AddOpenApi(settings);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseProxies(settings.Http);
        app.UseRequestSpans(settings);
        app.UseRequestLogging(settings.Http);
        app.UseAnswerHeaders(settings.Development);
        app.UseProblems();
        app.UseCrossOrigin(settings.Http);
        app.UseRateLimits();
        app.UseHttpsOnly(settings.Http);
        app.UseRequestTimeouts();
        app.UseOpenApi(settings);
        app.UseAuthorization();
        app.MapProblemsPage();
        app.MapControllers();
        app.MapMetrics(settings);
        app.MapHealth();
        return app;
    }

    /// <summary>Everything that must be done before the server listens.</summary>
    internal static async Task PrepareAsync(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        app.Services.BeginMetrics();
        app.WarnOfPublishedSecrets(settings.Secrets);
        // Until the host runs, a signal ends the process by itself.
        await app.Services.PrepareDatabaseAsync(CancellationToken.None);
        await app.Services.ApplyEnvironmentAccountAsync(settings, CancellationToken.None);
        await app.Services.RememberSecretsAsync(CancellationToken.None);
        await app.Services.LoadRevocationsAsync(CancellationToken.None);
        await app.Services.JudgeSecretsAsync(CancellationToken.None);
    }

    /// <summary>For a verb that serves nobody: the servers' database as it is, by its path.</summary>
    /// <exception cref="StartRefusedException">There is none, or none that this build may work on. It is left as it is.</exception>
    /// <exception cref="StoreUnavailableException">Another process holds it.</exception>
    internal static async Task<string> OpenDatabaseAsync(WebApplication app)
    {
        await app.Services.OpenDatabaseAsync(CancellationToken.None);
        await app.Services.LoadRevocationsAsync(CancellationToken.None);
        return app.Services.GetRequiredService<Settings>().Database.FilePath;
    }

    /// <summary>For the verb that does nothing else.</summary>
    /// <returns>The path of the database, and the last migration before and after.</returns>
    /// <exception cref="StartRefusedException">There is none, or none that this build may bring up.</exception>
    /// <exception cref="StoreUnavailableException">Another process holds it.</exception>
    internal static async Task<(string Path, string From, string To)> MigrateDatabaseAsync(WebApplication app)
    {
        var (from, to) = await app.Services.MigrateDatabaseAsync(CancellationToken.None);
        return (app.Services.GetRequiredService<Settings>().Database.FilePath, from, to);
    }

    /// <summary>For the verb that judges them: a server's settings as far as they can be read.</summary>
    /// <param name="refusals">Gets the reasons why no server would start on them.</param>
    /// <exception cref="StartRefusedException">A file of settings is malformed, and nothing can be read.</exception>
    internal static (Settings Settings, IConfigurationRoot Configuration) ReadSettings(
        string[] args, IReadOnlyDictionary<string, string> environment, List<string> refusals)
    {
        var builder = CreateBuilder(args);
        return (Settings.Read(builder.Configuration, environment, builder.Environment.IsDevelopment(), refusals), builder.Configuration);
    }

    /// <summary>For the verb that only looks: the stores of the database that the settings name, by which nothing can be written.</summary>
    /// <returns>Null where they name none.</returns>
    internal static ServiceProvider? CreateReadOnly(
        Settings settings, GivenSecrets secrets, TimeProvider time)
    {
        if (settings.Database is not { } database) return null;
        var services = new ServiceCollection();
        services.AddExamination(settings, secrets);
        services.AddSingleton(time);
        services.AddInfrastructure(database with { IsReadOnly = true });
        return services.BuildServiceProvider();
    }

    /// <summary>For the verb that only looks.</summary>
    internal static Task<DatabaseFacts> ExamineDatabaseAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.ExamineDatabaseAsync(cancellationToken);

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            // The configuration file stands beside the binary; the working directory is the caller's.
            return WebApplication.CreateBuilder(new WebApplicationOptions
            {
                // What was judged at start stays what it was: nothing, and no listener, is added by a later edit of the file.
                Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
                ApplicationName = typeof(Program).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
            });
        }
        catch (InvalidDataException fault)
        {
            throw new StartRefusedException($"{fault.Message} {fault.GetBaseException().Message}", fault);
        }
    }
}
