#!/usr/bin/env bash
# Adds one migration to both engines:  src/PartnerCenter.Data/add-migration.sh NAME
set -euo pipefail

if [ $# -ne 1 ] || [ "$1" = "--help" ]; then
  echo "usage: add-migration.sh NAME   (adds the migration NAME for SQLite and for SQL Server)" >&2
  exit 2
fi

cd "$(dirname "$0")"
dotnet tool restore
dotnet build --nologo -v quiet
for engine in Sqlite SqlServer; do
  dotnet ef migrations add "$1" --no-build --context "${engine}PartnerCenterDb" --output-dir "Migrations/${engine}"
done
dotnet format PartnerCenter.Data.csproj whitespace --include Migrations/ --include-generated
