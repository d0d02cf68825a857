using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.Sqlite
{
    public partial class ContactAddresses : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ContactVerificationId",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Secret",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PendingContact",
                table: "Memberships",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PendingContactUntil",
                table: "Memberships",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "SetUpAt",
                table: "Memberships",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "SignInAddressChosenAt",
                table: "Memberships",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ContactVerifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MembershipId = table.Column<int>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SentAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    WrongCodes = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactVerifications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactVerifications_Memberships_MembershipId",
                        column: x => x.MembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_ContactVerificationId",
                table: "OutboxMails",
                column: "ContactVerificationId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactVerifications_MembershipId_SentAt",
                table: "ContactVerifications",
                columns: new[] { "MembershipId", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactVerifications_TokenHash",
                table: "ContactVerifications",
                column: "TokenHash",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_OutboxMails_ContactVerifications_ContactVerificationId",
                table: "OutboxMails",
                column: "ContactVerificationId",
                principalTable: "ContactVerifications",
                principalColumn: "Id");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_OutboxMails_ContactVerifications_ContactVerificationId",
                table: "OutboxMails");

            migrationBuilder.DropTable(
                name: "ContactVerifications");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_ContactVerificationId",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "ContactVerificationId",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "Secret",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "PendingContact",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "PendingContactUntil",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "SetUpAt",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "SignInAddressChosenAt",
                table: "Memberships");
        }
    }
}
