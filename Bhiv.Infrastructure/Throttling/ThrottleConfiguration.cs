using Bhiv.Domain.Throttling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.Throttling;

internal sealed class ThrottleConfiguration : IEntityTypeConfiguration<Throttle>
{
    public void Configure(EntityTypeBuilder<Throttle> throttle)
    {
        throttle.ToTable("throttles");
        throttle.HasKey(row => row.Key);
        throttle.Property(row => row.Key).HasColumnName("throttle_key").HasMaxLength(ThrottleSubject.KeyLength);
        throttle.Property(row => row.Failures).HasColumnName("failures");
        throttle.Property(row => row.CountedFrom).HasColumnName("counted_from");
        throttle.Property(row => row.ChangedAt).HasColumnName("changed_at");
        throttle.Property(row => row.Version).HasColumnName("version");
        throttle.Property(row => row.SucceededAt).HasColumnName("succeeded_at");
        throttle.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        throttle.HasIndex(row => row.ExpiresAt).HasDatabaseName("ix_throttles_expires_at");
    }
}
