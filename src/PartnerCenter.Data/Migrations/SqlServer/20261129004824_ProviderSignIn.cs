using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.SqlServer
{
    public partial class ProviderSignIn : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Provider",
                table: "Sessions",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProviderSession",
                table: "Sessions",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SignOutHint",
                table: "Sessions",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tenant",
                table: "Sessions",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ExternalIdentities",
                columns: table => new
                {
                    KeyHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Issuer = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false),
                    PersonId = table.Column<int>(type: "int", nullable: false),
                    BoundAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExternalIdentities", x => x.KeyHash);
                    table.ForeignKey(
                        name: "FK_ExternalIdentities_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SpentNonces",
                columns: table => new
                {
                    NonceHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SpentAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpentNonces", x => x.NonceHash);
                });

            migrationBuilder.CreateTable(
                name: "TrustedTenants",
                columns: table => new
                {
                    Tenant = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    OrganizationId = table.Column<int>(type: "int", nullable: true),
                    TrustedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AdmitsStrangers = table.Column<bool>(type: "bit", nullable: false),
                    AdmitsGuests = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrustedTenants", x => x.Tenant);
                    table.ForeignKey(
                        name: "FK_TrustedTenants_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ProviderSession",
                table: "Sessions",
                column: "ProviderSession");

            migrationBuilder.CreateIndex(
                name: "IX_ExternalIdentities_PersonId",
                table: "ExternalIdentities",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_SpentNonces_SpentAt",
                table: "SpentNonces",
                column: "SpentAt");

            migrationBuilder.CreateIndex(
                name: "IX_TrustedTenants_OrganizationId",
                table: "TrustedTenants",
                column: "OrganizationId");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExternalIdentities");

            migrationBuilder.DropTable(
                name: "SpentNonces");

            migrationBuilder.DropTable(
                name: "TrustedTenants");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ProviderSession",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Provider",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ProviderSession",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "SignOutHint",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Tenant",
                table: "Sessions");
        }
    }
}
