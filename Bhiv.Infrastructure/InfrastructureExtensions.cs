using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Doctor;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Accounts;
using Bhiv.Infrastructure.ApiKeys;
using Bhiv.Infrastructure.Audit;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Doctor;
using Bhiv.Infrastructure.SigningKeys;
using Bhiv.Infrastructure.Throttling;
using Bhiv.Infrastructure.Tokens;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Infrastructure;

/// <summary>The one door to this project: what implements Domain's abstractions.</summary>
public static class InfrastructureExtensions
{
    /// <summary>
    /// Expects <c>SigningKeyRing</c>, <c>EnvironmentApiKeys</c>, the options of each capability, <c>TimeProvider</c>, <c>BhivMetrics</c> and logging among the services.
    /// </summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddSingleton(database);
        services.AddPooledDbContextFactory<SqliteBhivDbContext>(options =>
            options.UseSqlite(database.IsReadOnly ? UntouchedFile.ConnectionString(database.FilePath) : ConnectionString(database)));
        services.AddSingleton<WriteLane>();
        services.AddSingleton<BhivDatabase>();
        services.AddSingleton<DatabasePreparation>();
        services.AddSingleton<ExistingDatabase>();
        services.AddSingleton<DatabaseExamination>();
        services.AddSingleton<DatabaseHealth>();

        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IPasswordHasher, Argon2idPasswordHasher>();
        services.AddSingleton<ApiKeyIndex>();
        services.AddSingleton<IApiKeys>(provider => provider.GetRequiredService<ApiKeyIndex>());
        services.AddSingleton<IApiKeyStore, ApiKeyStore>();
        services.AddSingleton<IClientStore, ClientStore>();
        services.AddHostedService<ApiKeyUseWriter>();
        services.AddSingleton<ISigningKeyStore, SigningKeyStore>();
        services.AddSingleton<JwtTokens>();
        services.AddSingleton<IAccessTokens>(provider => provider.GetRequiredService<JwtTokens>());
        services.AddSingleton<IRefreshTokens>(provider => provider.GetRequiredService<JwtTokens>());
        services.AddSingleton<ITokenInspector, TokenInspector>();
        services.AddSingleton<ISessionStore, SessionStore>();
        services.AddSingleton<RevocationSet>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<RevocationFeed>();
        services.AddSingleton<IRevocations>(provider => provider.GetRequiredService<RevocationFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<RevocationFeed>());
        services.AddHostedService<SessionPurge>();
        services.AddSingleton<IThrottleStore, ThrottleStore>();
        services.AddHostedService<ThrottlePurge>();
        services.AddSingleton(_ => new FailedLoginDays());
        services.AddSingleton<FailedLoginTally>();
        services.AddSingleton<FailedLoginStore>();
        services.AddSingleton<IFailedLoginStore>(provider => provider.GetRequiredService<FailedLoginStore>());
        services.AddHostedService<FailedLoginWriter>();
        services.AddHostedService<FailedLoginPurge>();
        services.AddSingleton<IAuditEventStore, AuditEventStore>();
        return services;
    }

    /// <summary>Says of the database and of the revocation feed whether calls can be served.</summary>
    public static IEnumerable<HealthCheckRegistration> HealthChecks() =>
    [
        // Who asks has a second to know.
        new("database", ActivatorUtilities.GetServiceOrCreateInstance<DatabaseHealth>, null, null, TimeSpan.FromSeconds(1)),
        new("revocation_feed", ActivatorUtilities.GetServiceOrCreateInstance<RevocationFeedHealth>, null, null),
    ];

    /// <summary>Brings the database to the schema of this build. Due before anything is served.</summary>
    /// <exception cref="Domain.StartRefusedException">It cannot be used.</exception>
    public static Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<DatabasePreparation>().RunAsync(cancellationToken);

    /// <summary>Makes sure that the servers' database is there and of this build, and changes nothing.</summary>
    /// <exception cref="Domain.StartRefusedException">It is not.</exception>
    /// <exception cref="Domain.StoreUnavailableException">Another process holds it.</exception>
    public static Task OpenDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ExistingDatabase>().OpenAsync(cancellationToken);

    /// <summary>Brings the servers' database, which must be there, to the schema of this build.</summary>
    /// <returns>The last migration before and after.</returns>
    /// <exception cref="Domain.StartRefusedException">It cannot be used.</exception>
    /// <exception cref="Domain.StoreUnavailableException">Another process holds it.</exception>
    public static Task<(string From, string To)> MigrateDatabaseAsync(
        this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ExistingDatabase>().MigrateAsync(cancellationToken);

    /// <summary>Loads the keys, and what was revoked lately. Due before the host runs, and after accounts and keys were changed.</summary>
    public static Task LoadRevocationsAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<RevocationFeed>().LoadAsync(cancellationToken);

    /// <summary>Looks at the database, which was added as one that is only read. Whatever is wrong with it is told and not thrown.</summary>
    public static Task<DatabaseFacts> ExamineDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<DatabaseExamination>().RunAsync(cancellationToken);

    private static string ConnectionString(DatabaseOptions database) => new SqliteConnectionStringBuilder
    {
        DataSource = database.FilePath,
        // Made before, for its owner alone, or not at all.
        Mode = SqliteOpenMode.ReadWrite,
        DefaultTimeout = (int)BhivDatabase.Patience.TotalSeconds,
    }.ToString();
}
