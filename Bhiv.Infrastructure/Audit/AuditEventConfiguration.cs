using System.Text.Json;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.Audit;

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> fact)
    {
        fact.ToTable("audit_events");
        // No number is given twice, not even after the last rows were deleted: whoever reads on from one misses nothing.
        fact.HasKey(row => row.Sequence);
        fact.Property(row => row.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        fact.Property(row => row.At).HasColumnName("at");
        fact.Property(row => row.Kind).HasColumnName("kind").HasMaxLength(32)
            .HasConversion(new EnumTextConverter<AuditEventKind>());
        // No foreign keys: the record outlives what it is about.
        fact.Property(row => row.AccountId).HasColumnName("account_id");
        fact.Property(row => row.SessionId).HasColumnName("session_id");
        fact.Property(row => row.ClientId).HasColumnName("client_id");
        fact.Property(row => row.Address).HasColumnName("address").HasMaxLength(64);
        fact.Property(row => row.UserAgent).HasColumnName("user_agent").HasMaxLength(Caller.MaximumUserAgentLength);
        fact.Property(row => row.TraceId).HasColumnName("trace_id").HasMaxLength(64);
        fact.Property(row => row.Reason).HasColumnName("reason").HasMaxLength(32)
            .HasConversion(new EnumTextConverter<RevocationReason>());
        fact.Property(row => row.Cutoff).HasColumnName("cutoff");
        fact.Property(row => row.Evidence).HasColumnName("evidence").HasMaxLength(2048).HasConversion(
            evidence => JsonSerializer.Serialize(evidence, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>(
                (one, other) => ReferenceEquals(one, other), evidence => evidence.Count, evidence => evidence));
        fact.HasIndex(row => row.At).HasDatabaseName("ix_audit_events_at");
    }
}
