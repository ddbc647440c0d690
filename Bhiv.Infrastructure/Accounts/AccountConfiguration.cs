using Bhiv.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("accounts");
        account.HasKey(row => row.Id);
        account.Property(row => row.Id).HasColumnName("account_id");
        account.Property(row => row.Name).HasColumnName("name").HasMaxLength(2 * AccountName.MaximumLength);
        // Folding can lengthen a name: one letter becomes up to three.
        account.Property(row => row.NameKey).HasColumnName("name_key").HasMaxLength(6 * AccountName.MaximumLength);
        account.Property(row => row.PasswordHash).HasColumnName("password_hash");
        // As ever in a row of before there was the column, and of an older build beside this one.
        account.Property(row => row.PasswordChangedAt).HasColumnName("password_changed_at").HasDefaultValue(DateTimeOffset.UnixEpoch);
        account.Property(row => row.OneTimePasswordUntil).HasColumnName("one_time_password_until");
        account.Property(row => row.Roles).HasColumnName("roles").HasMaxLength(256);
        account.Property(row => row.Epoch).HasColumnName("epoch");
        account.Property(row => row.SessionsEndedAt).HasColumnName("sessions_ended_at");
        account.Property(row => row.CreatedAt).HasColumnName("created_at");
        account.Property(row => row.DisabledAt).HasColumnName("disabled_at");
        account.Property(row => row.EnvironmentPasswordHash).HasColumnName("environment_password_hash");
        account.Property(row => row.Version).HasColumnName("version").HasDefaultValue(0L);
        account.HasIndex(row => row.NameKey).IsUnique().HasDatabaseName("ux_accounts_name_key");
        account.Ignore(row => row.IsEnabled);
        account.Ignore(row => row.IsAdministrator);
        account.Ignore(row => row.IsOfEnvironment);
    }
}
