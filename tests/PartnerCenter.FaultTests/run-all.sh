#!/usr/bin/env bash
# Does every fault, the long ones too, and writes docs/faults.md anew from what they came to. FAULT_SCALE=0.2 does a fifth of each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

FAULT_FIGURES=$(mktemp)
export FAULT_FIGURES DOTNET_CLI_TELEMETRY_OPTOUT=true
trap 'if [ $? -eq 0 ]; then rm -f "$FAULT_FIGURES"; else echo "What did not fail came to: $FAULT_FIGURES"; fi' EXIT

dotnet test tests/PartnerCenter.FaultTests --settings tests/PartnerCenter.FaultTests/all.runsettings "$@"

# Everything up to the heading stays, the table below it is new.
sed -i '/^## Last run/,$d' docs/faults.md
{
  printf '## Last run\n\n%s, %s cores, scale %s\n\n| fault | what it came to | time |\n|---|---|---|\n' "$(date +%F)" "$(nproc)" "${FAULT_SCALE:-1}"
  sort -t F -k 2 -n "$FAULT_FIGURES"
} >> docs/faults.md
