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
    public void Configure(EntityTypeBuilder<AuditEvent> auditEvent)
    {
        auditEvent.ToTable("audit_events");
        // No number is given twice, not even after the last rows were deleted: whoever reads on from one misses nothing.
        auditEvent.HasKey(row => row.Sequence);
        auditEvent.Property(row => row.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
        auditEvent.Property(row => row.At).HasColumnName("at");
        auditEvent.Property(row => row.Kind).HasColumnName("kind").HasMaxLength(32)
            .HasConversion(new EnumTextConverter<AuditEventKind>());
        // No foreign keys: the record outlives what it is about.
        auditEvent.Property(row => row.AccountId).HasColumnName("account_id");
        auditEvent.Property(row => row.SessionId).HasColumnName("session_id");
        auditEvent.Property(row => row.ClientId).HasColumnName("client_id");
        auditEvent.Property(row => row.Address).HasColumnName("address").HasMaxLength(Caller.MaximumAddressLength);
        auditEvent.Property(row => row.UserAgent).HasColumnName("user_agent").HasMaxLength(Caller.MaximumUserAgentLength);
        auditEvent.Property(row => row.TraceId).HasColumnName("trace_id").HasMaxLength(64);
        auditEvent.Property(row => row.Reason).HasColumnName("reason").HasMaxLength(32)
            .HasConversion(new EnumTextConverter<RevocationReason>());
        auditEvent.Property(row => row.Cutoff).HasColumnName("cutoff");
        auditEvent.Property(row => row.Evidence).HasColumnName("evidence").HasMaxLength(2048).HasConversion(
            evidence => JsonSerializer.Serialize(evidence, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>(
                (one, other) => ReferenceEquals(one, other), evidence => evidence.Count, evidence => evidence));
        auditEvent.HasIndex(row => row.At).HasDatabaseName("ix_audit_events_at");
        auditEvent.HasIndex(row => row.Cutoff).HasDatabaseName("ix_audit_events_cutoff");
    }
}
