using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.Sqlite
{
    public partial class MailsLeftBehind : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "LeftBehind",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LeftBehind",
                table: "OutboxMails");
        }
    }
}
