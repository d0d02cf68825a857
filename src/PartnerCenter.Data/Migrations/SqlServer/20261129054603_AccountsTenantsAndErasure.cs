using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.SqlServer
{
    public partial class AccountsTenantsAndErasure : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ErasedAt",
                table: "People",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Secret",
                table: "OutboxMails",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(64)",
                oldMaxLength: 64,
                oldNullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PasswordResetId",
                table: "OutboxMails",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TakesOnlyOwnAccounts",
                table: "Organizations",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsErased",
                table: "AuditEntries",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ForgottenAddresses",
                columns: table => new
                {
                    AddressHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    RefusesMail = table.Column<bool>(type: "bit", nullable: false),
                    Objects = table.Column<bool>(type: "bit", nullable: false),
                    Since = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForgottenAddresses", x => x.AddressHash);
                });

            migrationBuilder.CreateTable(
                name: "LocalAccounts",
                columns: table => new
                {
                    PersonId = table.Column<int>(type: "int", nullable: false),
                    PasswordHash = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    PasswordSetAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AppSecret = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    NewAppSecret = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    LastStep = table.Column<long>(type: "bigint", nullable: true),
                    TwoStepSince = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RecoverySalt = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LocalAccounts", x => x.PersonId);
                    table.ForeignKey(
                        name: "FK_LocalAccounts_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "PasswordResets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PersonId = table.Column<int>(type: "int", nullable: false),
                    SecretHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PasswordResets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PasswordResets_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SignInAttempts",
                columns: table => new
                {
                    NameHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    LastAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    NextAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInAttempts", x => x.NameHash);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                columns: table => new
                {
                    PersonId = table.Column<int>(type: "int", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryCodes", x => new { x.PersonId, x.Hash });
                    table.ForeignKey(
                        name: "FK_RecoveryCodes_LocalAccounts_PersonId",
                        column: x => x.PersonId,
                        principalTable: "LocalAccounts",
                        principalColumn: "PersonId");
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_PasswordResetId",
                table: "OutboxMails",
                column: "PasswordResetId");

            migrationBuilder.CreateIndex(
                name: "IX_PasswordResets_PersonId_AskedAt",
                table: "PasswordResets",
                columns: new[] { "PersonId", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PasswordResets_SecretHash",
                table: "PasswordResets",
                column: "SecretHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SignInAttempts_LastAt",
                table: "SignInAttempts",
                column: "LastAt");

            migrationBuilder.AddForeignKey(
                name: "FK_OutboxMails_PasswordResets_PasswordResetId",
                table: "OutboxMails",
                column: "PasswordResetId",
                principalTable: "PasswordResets",
                principalColumn: "Id");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_OutboxMails_PasswordResets_PasswordResetId",
                table: "OutboxMails");

            migrationBuilder.DropTable(
                name: "ForgottenAddresses");

            migrationBuilder.DropTable(
                name: "PasswordResets");

            migrationBuilder.DropTable(
                name: "RecoveryCodes");

            migrationBuilder.DropTable(
                name: "SignInAttempts");

            migrationBuilder.DropTable(
                name: "LocalAccounts");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_PasswordResetId",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "PasswordResetId",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "TakesOnlyOwnAccounts",
                table: "Organizations");

            migrationBuilder.DropColumn(
                name: "IsErased",
                table: "AuditEntries");

            migrationBuilder.AlterColumn<string>(
                name: "Secret",
                table: "OutboxMails",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(500)",
                oldMaxLength: 500,
                oldNullable: true);
        }
    }
}
