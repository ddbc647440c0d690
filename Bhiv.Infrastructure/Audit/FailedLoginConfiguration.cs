using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.Audit;

internal sealed class FailedLoginConfiguration : IEntityTypeConfiguration<FailedLogin>
{
    public void Configure(EntityTypeBuilder<FailedLogin> failure)
    {
        failure.ToTable("failed_logins");
        failure.HasKey(row => row.Id);
        failure.Property(row => row.Id).HasColumnName("failed_login_id");
        failure.Property(row => row.At).HasColumnName("at");
        // With a default, for the rows that were there before the column and for a build that does not know it.
        failure.Property(row => row.Count).HasColumnName("count").HasDefaultValue(1L);
        // No foreign key: the log outlives the account.
        failure.Property(row => row.AccountId).HasColumnName("account_id");
        failure.Property(row => row.Username).HasColumnName("username").HasMaxLength(2 * AccountName.MaximumLength);
        failure.Property(row => row.UsernameHash).HasColumnName("username_hash").HasMaxLength(UnknownName.HashLength);
        failure.Property(row => row.ClientId).HasColumnName("client_id");
        failure.Property(row => row.Address).HasColumnName("address").HasMaxLength(Caller.MaximumAddressLength);
        failure.Property(row => row.UserAgent).HasColumnName("user_agent").HasMaxLength(Caller.MaximumUserAgentLength);
        failure.Property(row => row.Reason).HasColumnName("reason").HasMaxLength(32)
            .HasConversion(new EnumTextConverter<FailedLoginReason>());
        failure.Property(row => row.TraceId).HasColumnName("trace_id").HasMaxLength(64);
        failure.Ignore(row => row.Kind);
        failure.Ignore(row => row.HasDetails);
        failure.HasIndex(row => row.At).HasDatabaseName("ix_failed_logins_at");
    }
}
