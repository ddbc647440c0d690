using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Bhiv.Infrastructure.Database;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteBhivDbContext>
{
    public SqliteBhivDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteBhivDbContext>().UseSqlite("Data Source=:memory:").Options);
}
