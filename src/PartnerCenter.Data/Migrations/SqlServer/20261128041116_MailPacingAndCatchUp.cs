using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.SqlServer
{
    public partial class MailPacingAndCatchUp : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_State_NextAttemptAt_Id",
                table: "OutboxMails");

            migrationBuilder.AddColumn<long>(
                name: "DigestId",
                table: "OutboxMails",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PostponedBecause",
                table: "OutboxMails",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Urgency",
                table: "OutboxMails",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "MustCatchUp",
                table: "Memberships",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_DigestId",
                table: "OutboxMails",
                column: "DigestId");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_State_Urgency_NextAttemptAt_Id",
                table: "OutboxMails",
                columns: new[] { "State", "Urgency", "NextAttemptAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_MustCatchUp_Id",
                table: "Memberships",
                columns: new[] { "MustCatchUp", "Id" });

            migrationBuilder.AddForeignKey(
                name: "FK_OutboxMails_OutboxMails_DigestId",
                table: "OutboxMails",
                column: "DigestId",
                principalTable: "OutboxMails",
                principalColumn: "Id");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_OutboxMails_OutboxMails_DigestId",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_DigestId",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_State_Urgency_NextAttemptAt_Id",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_Memberships_MustCatchUp_Id",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "DigestId",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "PostponedBecause",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "Urgency",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "MustCatchUp",
                table: "Memberships");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_State_NextAttemptAt_Id",
                table: "OutboxMails",
                columns: new[] { "State", "NextAttemptAt", "Id" });
        }
    }
}
