using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerCenter.Data.Migrations.Sqlite
{
    public partial class ActionCenter : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsMarkedUnread",
                table: "MemberStates",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "SnoozedUntil",
                table: "MemberStates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsEscalation",
                table: "CommunicationTargets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "ExpiresAt",
                table: "Communications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CommunicationSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CommunicationId = table.Column<long>(type: "INTEGER", nullable: false),
                    OrganizationId = table.Column<int>(type: "INTEGER", nullable: false),
                    OnlyForMembershipId = table.Column<int>(type: "INTEGER", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    To = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommunicationSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CommunicationSteps_Communications_CommunicationId",
                        column: x => x.CommunicationId,
                        principalTable: "Communications",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_CommunicationSteps_Memberships_OnlyForMembershipId",
                        column: x => x.OnlyForMembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_CommunicationSteps_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "FeedLinks",
                columns: table => new
                {
                    MembershipId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SecretHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastUsedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedLinks", x => new { x.MembershipId, x.Kind });
                    table.ForeignKey(
                        name: "FK_FeedLinks_Memberships_MembershipId",
                        column: x => x.MembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "HandOvers",
                columns: table => new
                {
                    CommunicationId = table.Column<long>(type: "INTEGER", nullable: false),
                    OrganizationId = table.Column<int>(type: "INTEGER", nullable: false),
                    FromMembershipId = table.Column<int>(type: "INTEGER", nullable: false),
                    ToMembershipId = table.Column<int>(type: "INTEGER", nullable: false),
                    OfferedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandOvers", x => new { x.OrganizationId, x.CommunicationId });
                    table.ForeignKey(
                        name: "FK_HandOvers_Communications_CommunicationId",
                        column: x => x.CommunicationId,
                        principalTable: "Communications",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_HandOvers_Memberships_FromMembershipId",
                        column: x => x.FromMembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_HandOvers_Memberships_ToMembershipId",
                        column: x => x.ToMembershipId,
                        principalTable: "Memberships",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_HandOvers_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "ReminderRounds",
                columns: table => new
                {
                    CommunicationId = table.Column<long>(type: "INTEGER", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Cursor = table.Column<int>(type: "INTEGER", nullable: false),
                    CompletedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderRounds", x => new { x.CommunicationId, x.Stage });
                    table.ForeignKey(
                        name: "FK_ReminderRounds_Communications_CommunicationId",
                        column: x => x.CommunicationId,
                        principalTable: "Communications",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Communications_ExpiresAt",
                table: "Communications",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Communications_Kind_DueAt",
                table: "Communications",
                columns: new[] { "Kind", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CommunicationSteps_CommunicationId_OrganizationId",
                table: "CommunicationSteps",
                columns: new[] { "CommunicationId", "OrganizationId" });

            migrationBuilder.CreateIndex(
                name: "IX_CommunicationSteps_OnlyForMembershipId",
                table: "CommunicationSteps",
                column: "OnlyForMembershipId");

            migrationBuilder.CreateIndex(
                name: "IX_CommunicationSteps_OrganizationId",
                table: "CommunicationSteps",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_FeedLinks_SecretHash",
                table: "FeedLinks",
                column: "SecretHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HandOvers_CommunicationId",
                table: "HandOvers",
                column: "CommunicationId");

            migrationBuilder.CreateIndex(
                name: "IX_HandOvers_FromMembershipId",
                table: "HandOvers",
                column: "FromMembershipId");

            migrationBuilder.CreateIndex(
                name: "IX_HandOvers_ToMembershipId",
                table: "HandOvers",
                column: "ToMembershipId");

            migrationBuilder.CreateIndex(
                name: "IX_ReminderRounds_CompletedAt",
                table: "ReminderRounds",
                column: "CompletedAt");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CommunicationSteps");

            migrationBuilder.DropTable(
                name: "FeedLinks");

            migrationBuilder.DropTable(
                name: "HandOvers");

            migrationBuilder.DropTable(
                name: "ReminderRounds");

            migrationBuilder.DropIndex(
                name: "IX_Communications_ExpiresAt",
                table: "Communications");

            migrationBuilder.DropIndex(
                name: "IX_Communications_Kind_DueAt",
                table: "Communications");

            migrationBuilder.DropColumn(
                name: "IsMarkedUnread",
                table: "MemberStates");

            migrationBuilder.DropColumn(
                name: "SnoozedUntil",
                table: "MemberStates");

            migrationBuilder.DropColumn(
                name: "IsEscalation",
                table: "CommunicationTargets");

            migrationBuilder.DropColumn(
                name: "ExpiresAt",
                table: "Communications");
        }
    }
}
