using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.SqlServer
{
    public partial class DirectoriesAndPins : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "DefaultOrganizationId",
                table: "People",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PinnedTiles",
                table: "Memberships",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_People_DefaultOrganizationId",
                table: "People",
                column: "DefaultOrganizationId");

            migrationBuilder.AddForeignKey(
                name: "FK_People_Organizations_DefaultOrganizationId",
                table: "People",
                column: "DefaultOrganizationId",
                principalTable: "Organizations",
                principalColumn: "Id");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_People_Organizations_DefaultOrganizationId",
                table: "People");

            migrationBuilder.DropIndex(
                name: "IX_People_DefaultOrganizationId",
                table: "People");

            migrationBuilder.DropColumn(
                name: "DefaultOrganizationId",
                table: "People");

            migrationBuilder.DropColumn(
                name: "PinnedTiles",
                table: "Memberships");
        }
    }
}
