#!/usr/bin/env bash
# Publishes every communication of communications.json through the API.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: publish.sh [base-url]

Posts every element of communications.json, which lies next to this script,
to <base-url>/api/v1/communications.

  base-url                where PartnerCenter runs; default http://localhost:5080
  PARTNERCENTER_API_KEY   environment variable with the API key;
                          default is the fixed key of the demo

Each request carries the idempotency key sample-NN, NN being its position in the
file. As long as the server remembers these keys, running the script again
publishes nothing twice.

Needs curl, and python3 or node to take the file apart.

Exit codes: 0 everything was accepted, 1 something was refused or not answered,
2 wrong usage or a missing tool or file.
USAGE
}

stop() {
  printf 'publish.sh: %s\n' "$1" >&2
  exit 2
}

case "${1-}" in
  -h | --help) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac
if [ "$#" -gt 1 ]; then
  usage >&2
  exit 2
fi

base=${1:-http://localhost:5080}
url=${base%/}/api/v1/communications
key=${PARTNERCENTER_API_KEY:-pck_demo_PartnerCenterDemoKeyForLocalTryingOutOnly00}
samples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/communications.json

[ -r "$samples" ] || stop "cannot read $samples"
command -v curl >/dev/null 2>&1 || stop 'curl is missing; please install it'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Two lines per communication: its English title, then its JSON on one line.
# Both ways write the same bytes, so that a repeated request is the same request.
# Each is tried out first: on some systems "python3" is only a pointer to a store.
if python3 -c '' >/dev/null 2>&1; then
  python3 - "$samples" >"$work/requests" <<'PYTHON' || stop "$samples is not a JSON array of communications"
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    communications = json.load(file)
for communication in communications:
    title = " ".join(communication["content"]["en"]["title"].split())
    body = json.dumps(communication, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(f"{title}\n{body}\n".encode("utf-8"))
PYTHON
elif node -e '' >/dev/null 2>&1; then
  node - "$samples" >"$work/requests" <<'NODE' || stop "$samples is not a JSON array of communications"
const communications = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
let lines = "";
for (const communication of communications) {
  const title = communication.content.en.title.trim().split(/\s+/).join(" ");
  lines += `${title}\n${JSON.stringify(communication)}\n`;
}
process.stdout.write(lines);
NODE
else
  stop 'python3 and node are both missing; please install one of them'
fi

# From a file, so that the key does not show in the list of processes.
printf 'Authorization: Bearer %s\n' "$key" >"$work/authorization"

number=0
accepted=0
failed=0
while IFS= read -r title <&3 && IFS= read -r body <&3; do
  number=$((number + 1))
  : >"$work/answer"
  result=0
  status=$(printf '%s' "$body" | curl --silent --show-error --max-time 30 \
    --request POST "$url" \
    --header "@$work/authorization" \
    --header "Idempotency-Key: $(printf 'sample-%02d' "$number")" \
    --header 'Content-Type: application/json' \
    --data-binary @- \
    --output "$work/answer" --write-out '%{http_code}' 2>"$work/error") || result=$?

  printf '%s  %s\n' "${status:-000}" "$title"
  if [ "$result" -eq 0 ] && [ "${status#2}" != "$status" ]; then
    accepted=$((accepted + 1))
    continue
  fi

  failed=$((failed + 1))
  cat "$work/answer" "$work/error"
  printf '\n'
  if [ "$result" -eq 6 ] || [ "$result" -eq 7 ]; then
    printf 'Nothing answers at %s; is PartnerCenter running there?\n' "$base"
    break
  fi
done 3<"$work/requests"

printf '%d sent: %d accepted, %d failed (%s)\n' "$number" "$accepted" "$failed" "$url"
[ "$failed" -eq 0 ]
