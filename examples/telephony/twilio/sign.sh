# usage: AUTH_TOKEN=… sh sign.sh https://hooks.acme.example/webhooks/twilio/main missed.*.form
# Signs each form as Twilio does, and sends it. The address is the one that Twilio calls: it begins with `publicUrl`. To send to another one:
#   SEND_TO=http://127.0.0.1:3000/webhooks/twilio/main
# The calls of the examples are told as calls of today: those that are older than 30 days open no case.
address=$1; shift
today=$(LC_ALL=C date -u '+%a%%2C+%d+%b+%Y')

# Names and values without anything between them, sorted by name and the values of one name by themselves, each once.
fields() {
  tr '&' '\n' | LC_ALL=C sort -u -t = -k 1,1 -k 2 | LC_ALL=C awk '
    function decoded(text,   out, at) {
      gsub(/\+/, " ", text)
      for (out = ""; (at = index(text, "%")) > 0; text = substr(text, at + 3))
        out = out substr(text, 1, at - 1) sprintf("%c", 16 * digit(substr(text, at + 1, 1)) + digit(substr(text, at + 2, 1)))
      return out text
    }
    function digit(letter) { return index("0123456789ABCDEF", toupper(letter)) - 1 }
    { at = index($0, "="); printf "%s%s", decoded(substr($0, 1, at - 1)), decoded(substr($0, at + 1)) }'
}

for file; do
  form=$(sed "s/Mon%2C+02+Mar+2026/$today/g" "$file")
  signature=$({ printf %s "$address"; printf '%s\n' "$form" | fields; } | openssl dgst -sha1 -hmac "$AUTH_TOKEN" -binary | openssl base64 -A)
  printf %s "$form" | curl -sS "${SEND_TO:-$address}" -H 'Content-Type: application/x-www-form-urlencoded' -H "X-Twilio-Signature: $signature" --data-binary @- || exit
done
