using Bhiv.Domain.Accounts;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>A session is the family of its refresh tokens: the table has their name, and one row for all of them.</summary>
internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("refresh_tokens");
        session.HasKey(row => row.Id);
        session.Property(row => row.Id).HasColumnName("session_id");
        session.Property(row => row.AccountId).HasColumnName("account_id");
        session.Property(row => row.ClientId).HasColumnName("client_id");
        session.Property(row => row.ApiKeyId).HasColumnName("api_key_id");
        session.Property(row => row.AccountEpoch).HasColumnName("account_epoch");
        session.Property(row => row.Secret).HasColumnName("secret");
        session.Property(row => row.Generation).HasColumnName("generation");
        session.Property(row => row.KeyId).HasColumnName("kid").HasMaxLength(16);
        session.Property(row => row.RotatedAt).HasColumnName("rotated_at");
        session.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        session.Property(row => row.SessionEndsAt).HasColumnName("session_ends_at");
        session.Property(row => row.RevokedAt).HasColumnName("revoked_at");
        session.Property(row => row.RevokedReason).HasColumnName("revoked_reason").HasMaxLength(32)
            .HasConversion(new EnumTextConverter<RevocationReason>());
        session.Property(row => row.CreatedAt).HasColumnName("created_at");
        session.Property(row => row.UserAgent).HasColumnName("user_agent").HasMaxLength(Caller.MaximumUserAgentLength);
        session.Property(row => row.Address).HasColumnName("address").HasMaxLength(Caller.MaximumAddressLength);
        session.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        session.HasIndex(row => new { row.AccountId, row.CreatedAt })
            .HasDatabaseName("ix_refresh_tokens_account_id_created_at");
        session.HasIndex(row => row.ApiKeyId).HasDatabaseName("ix_refresh_tokens_api_key_id");
        session.HasIndex(row => row.ExpiresAt).HasDatabaseName("ix_refresh_tokens_expires_at");
        session.HasIndex(row => row.RevokedAt).HasDatabaseName("ix_refresh_tokens_revoked_at");
    }
}
