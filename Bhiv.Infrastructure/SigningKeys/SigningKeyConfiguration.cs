using Bhiv.Domain.SigningKeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.SigningKeys;

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKeyRecord>
{
    public void Configure(EntityTypeBuilder<SigningKeyRecord> key)
    {
        key.ToTable("signing_keys");
        key.HasKey(row => row.Id);
        key.Property(row => row.Id).HasColumnName("kid").HasMaxLength(16);
        key.Property(row => row.FirstSeenAt).HasColumnName("first_seen_at");
        key.Property(row => row.SignsSince).HasColumnName("signs_since");
        key.Property(row => row.CompromisedAt).HasColumnName("compromised_at");
    }
}
