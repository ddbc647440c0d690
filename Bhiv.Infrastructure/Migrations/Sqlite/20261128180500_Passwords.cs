using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bhiv.Infrastructure.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Passwords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "one_time_password_until",
                table: "accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "password_changed_at",
                table: "accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Nothing tells when these were last changed.
            migrationBuilder.Sql("UPDATE accounts SET password_changed_at = created_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "one_time_password_until",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "password_changed_at",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "version",
                table: "accounts");
        }
    }
}
