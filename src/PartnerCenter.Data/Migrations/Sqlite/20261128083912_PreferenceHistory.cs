using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.Sqlite
{
    public partial class PreferenceHistory : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "OptOuts",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "MyPreferences");

            migrationBuilder.CreateTable(
                name: "PreferenceChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MembershipId = table.Column<int>(type: "INTEGER", nullable: false),
                    Topic = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Workspace = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Before = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    After = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PreferenceChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PreferenceChanges_Memberships_MembershipId",
                        column: x => x.MembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_OptOuts_OfAllWorkspaces",
                table: "OptOuts",
                columns: new[] { "MembershipId", "Kind" },
                unique: true,
                filter: "Workspace IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PreferenceChanges_MembershipId_Id",
                table: "PreferenceChanges",
                columns: new[] { "MembershipId", "Id" });
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PreferenceChanges");

            migrationBuilder.DropIndex(
                name: "IX_OptOuts_OfAllWorkspaces",
                table: "OptOuts");

            migrationBuilder.DropColumn(
                name: "DecidedBy",
                table: "OptOuts");
        }
    }
}
