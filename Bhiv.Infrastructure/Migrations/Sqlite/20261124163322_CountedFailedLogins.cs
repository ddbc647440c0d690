using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bhiv.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CountedFailedLogins : Migration
    {
        // By hand: what EF makes of columns that become nullable switches foreign keys off, and so runs outside the transaction
        // of the migration. A process killed then would leave half of it. Nothing refers to this table.

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(name: "failed_logins", newName: "former_failed_logins");

            migrationBuilder.CreateTable(
                name: "failed_logins",
                columns: table => new
                {
                    failed_login_id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 1L),
                    account_id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: true),
                    username = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    username_hash = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    user_agent = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    trace_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failed_logins", x => x.failed_login_id);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO failed_logins (failed_login_id, at, account_id, username, username_hash, client_id, address, user_agent, reason, trace_id)
                SELECT failed_login_id, at, account_id, username, username_hash, client_id, address, user_agent, reason, trace_id FROM former_failed_logins
                """);

            migrationBuilder.DropTable(name: "former_failed_logins");

            migrationBuilder.CreateIndex(
                name: "ix_failed_logins_at",
                table: "failed_logins",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(name: "failed_logins", newName: "former_failed_logins");

            migrationBuilder.CreateTable(
                name: "failed_logins",
                columns: table => new
                {
                    failed_login_id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: true),
                    username = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    username_hash = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    user_agent = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    trace_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failed_logins", x => x.failed_login_id);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO failed_logins (failed_login_id, at, account_id, username, username_hash, client_id, address, user_agent, reason, trace_id)
                SELECT failed_login_id, at, account_id, coalesce(username, ''), username_hash, coalesce(client_id, ''), address, user_agent, reason, trace_id FROM former_failed_logins
                """);

            migrationBuilder.DropTable(name: "former_failed_logins");

            migrationBuilder.CreateIndex(
                name: "ix_failed_logins_at",
                table: "failed_logins",
                column: "at");
        }
    }
}
