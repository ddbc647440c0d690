using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.ApiKeys;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.HasKey(row => row.Id);
        key.Property(row => row.Id).HasColumnName("key_id");
        key.Property(row => row.ClientId).HasColumnName("client_id");
        key.Property(row => row.Hash).HasColumnName("secret_hash");
        key.Property(row => row.Scopes).HasColumnName("scopes");
        key.Property(row => row.CreatedAt).HasColumnName("created_at");
        key.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        key.Property(row => row.RevokedAt).HasColumnName("revoked_at");
        key.Property(row => row.ReplacedBy).HasColumnName("replaced_by");
        key.Property(row => row.LastUsedAt).HasColumnName("last_used_at");
        key.Property(row => row.LastUsedAddress).HasColumnName("last_used_address").HasMaxLength(Caller.MaximumAddressLength);
        key.Property(row => row.LastUsedUserAgent).HasColumnName("last_used_user_agent").HasMaxLength(Caller.MaximumUserAgentLength);
        key.Ignore(row => row.IsOfEnvironment);
        // What was called by a client stays told apart: a client is disabled and never deleted.
        key.HasOne<Client>().WithMany().HasForeignKey(row => row.ClientId).OnDelete(DeleteBehavior.Restrict);
        key.HasIndex(row => row.ClientId).HasDatabaseName("ix_api_keys_client_id");
    }
}
