using Bhiv.Domain.ApiKeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bhiv.Infrastructure.ApiKeys;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.ToTable("clients");
        client.HasKey(row => row.Id);
        client.Property(row => row.Id).HasColumnName("client_id");
        client.Property(row => row.CreatedAt).HasColumnName("created_at");
        client.Property(row => row.DisabledAt).HasColumnName("disabled_at");
    }
}
