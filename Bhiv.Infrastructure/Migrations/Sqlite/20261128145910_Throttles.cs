using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bhiv.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Throttles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "throttles",
                columns: table => new
                {
                    throttle_key = table.Column<string>(type: "TEXT", maxLength: 22, nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    counted_from = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    succeeded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_throttles", x => x.throttle_key);
                });

            migrationBuilder.CreateIndex(
                name: "ix_throttles_expires_at",
                table: "throttles",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "throttles");
        }
    }
}
