# usage: SECRET=… BODY_SECRET=… sh sign.sh http://127.0.0.1:3000/webhooks/talkdesk/main missed.*.json
# Sends each file as a trigger of Talkdesk does: nothing is signed, the last segment of the address is a secret and the body holds another one, as
# `casewright talkdesk template` writes it. Without BODY_SECRET the body stays as it is.
# The calls of the examples are told as calls of today: those that are older than 30 days open no case.
address=$1; shift
for file; do
  body=$(sed "s/2026-03-02T/$(date -u +%Y-%m-%d)T/g" "$file")
  [ -z "${BODY_SECRET:-}" ] || body="{\"casewright_secret\":\"$BODY_SECRET\",${body#\{}"
  printf %s "$body" | curl -sS "$address/$SECRET" -H 'Content-Type: application/json' --data-binary @- || exit
done
