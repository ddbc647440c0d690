using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Database;

/// <summary>The model, the same on every provider. Each provider derives an empty context, which owns its migrations.</summary>
internal abstract class BhivDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<SigningKeyRecord> SigningKeys => Set<SigningKeyRecord>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<FailedLogin> FailedLogins => Set<FailedLogin>();

    public DbSet<Throttle> Throttles => Set<Throttle>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BhivDbContext).Assembly);

    /// <summary>Decided for all columns at once, so that no table can differ.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();
        configurationBuilder.Properties<AccountId>().HaveConversion<AccountIdConverter>().HaveMaxLength(36);
        configurationBuilder.Properties<SessionId>().HaveConversion<SessionIdConverter>().HaveMaxLength(36);
        configurationBuilder.Properties<FailedLoginId>().HaveConversion<FailedLoginIdConverter>().HaveMaxLength(36);
        configurationBuilder.Properties<ClientId>().HaveConversion<ClientIdConverter>().HaveMaxLength(ClientId.MaximumLength);
        configurationBuilder.Properties<ApiKeyId>().HaveConversion<ApiKeyIdConverter>().HaveMaxLength(ApiKeyId.MaximumLength);
        configurationBuilder.Properties<ApiKeyHash>().HaveConversion<ApiKeyHashConverter>().HaveMaxLength(ApiKeyHash.Size);
        configurationBuilder.Properties<Scopes>().HaveConversion<ScopesConverter>().HaveMaxLength(256);
        configurationBuilder.Properties<PasswordHash>().HaveConversion<PasswordHashConverter>().HaveMaxLength(128);
        configurationBuilder.Properties<SessionSecret>().HaveConversion<SessionSecretConverter>()
            .HaveMaxLength(SessionSecret.Size);
    }
}

internal sealed class SqliteBhivDbContext(DbContextOptions<SqliteBhivDbContext> options) : BhivDbContext(options);
