# usage: SECRET=whsec_… send.sh http://127.0.0.1:3000/webhooks/generic/sample examples/telephony/generic/missed.json
id=msg-$(date +%s)-$$; ts=$(date +%s)
key=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$( { printf '%s.%s.' "$id" "$ts"; cat "$2"; } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
curl -sS "$1" -H 'Content-Type: application/json' -H "webhook-id: $id" -H "webhook-timestamp: $ts" -H "webhook-signature: v1,$signature" --data-binary "@$2"
