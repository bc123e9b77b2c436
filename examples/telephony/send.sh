# usage: SECRET=whsec_… send.sh http://127.0.0.1:3000/webhooks/generic/sample examples/telephony/generic/missed.json
# The calls of the examples are told as calls of today: those that are older than 30 days open no case.
id=msg-$(date +%s)-$$; ts=$(date +%s); body=$(sed "s/2026-03-02T/$(date -u +%Y-%m-%d)T/" "$2")
key=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$(printf '%s.%s.%s' "$id" "$ts" "$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
printf %s "$body" | curl -sS "$1" -H 'Content-Type: application/json' -H "webhook-id: $id" -H "webhook-timestamp: $ts" -H "webhook-signature: v1,$signature" --data-binary @-
