# usage: SECRET=whsec_… sh sign.sh http://127.0.0.1:3000/webhooks/generic/sample missed.json …
# Signs each file as Standard Webhooks 1.0 says, and sends it.
address=$1; shift
for file; do sh "$(dirname "$0")/../send.sh" "$address" "$file" || exit; done
