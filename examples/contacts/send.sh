# usage: SECRET=… sh send.sh PROVIDER https://hooks.acme.example/webhooks/contacts/KEY FILE
# Sends a file as its directory does, signed where it signs. PROVIDER is one of generic, hubspot, pipedrive, salesforce, talkdesk, json.
# hubspot: SIGNED_URL is the address that is signed, where it is another one than we reach. pipedrive: USER_NAME (casewright) and SECRET.
# talkdesk: BODY_SECRET is what the template holds as a constant. json: as with a secret in the address.
provider=$1; address=$2; body=$(cat "$3")
case $provider in
  generic)
    id=msg-$(date +%s)-$$; ts=$(date +%s)
    key=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
    signature=$(printf '%s.%s.%s' "$id" "$ts" "$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
    set -- "$address" -H 'Content-Type: application/json' -H "webhook-id: $id" -H "webhook-timestamp: $ts" -H "webhook-signature: v1,$signature" ;;
  hubspot)
    ts=$(date +%s)000
    signature=$(printf '%s%s%s%s' POST "${SIGNED_URL:-$address}" "$body" "$ts" | openssl dgst -sha256 -hmac "$SECRET" -binary | openssl base64 -A)
    set -- "$address" -H 'Content-Type: application/json' -H "X-HubSpot-Signature-v3: $signature" -H "X-HubSpot-Request-Timestamp: $ts" ;;
  pipedrive) set -- "$address" -H 'Content-Type: application/json' -u "${USER_NAME:-casewright}:$SECRET" ;;
  salesforce) set -- "$address/$SECRET" -H 'Content-Type: text/xml; charset=UTF-8' ;;
  talkdesk)
    [ -z "${BODY_SECRET:-}" ] || body="{\"casewright_secret\":\"$BODY_SECRET\",${body#\{}"
    set -- "$address/$SECRET" -H 'Content-Type: application/json' ;;
  json) set -- "$address/$SECRET" -H 'Content-Type: application/json' ;;
  *) echo "there is no provider $provider" >&2; exit 2 ;;
esac
printf %s "$body" | curl -sS "$@" --data-binary @-
