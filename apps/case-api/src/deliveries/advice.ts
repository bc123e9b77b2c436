const NOTHING = 'nothing; this is why';

/**
 * What to do about each reason, in one sentence (channels.md I). Those of refusals are in the words of libs/webhook, which
 * this app may not ask; a test holds one against the other.
 */
const ADVICE: Readonly<Record<string, string>> = {
  'signature-missing':
    'the sender does not sign, or something on the way drops its headers: turn signing on at the provider',
  'signature-unreadable':
    'a header of the signature came twice, is too long or is not written as it should be: look at the proxy',
  'signature-mismatch':
    'compare the printed address with the one entered at the provider (scheme, host, port, path, query); then the secret',
  'timestamp-out-of-range': 'set the clocks: the sender’s and ours differ',
  'secret-missing': 'the address entered at the provider ends without the secret: complete it',
  'secret-mismatch': 'compare the secret at the provider with the one of this connection',
  'credentials-missing': 'the provider sends no user and password: enter both where its webhook is set up',
  'credentials-mismatch': 'compare user and password at the provider with those of this connection',
  'tenant-mismatch': 'another account of the provider sends here: compare its id with the one of this connection',
  'own-echo': NOTHING,
  'nothing-told': NOTHING,
  'no-contact': 'have the sender name the contact: by `external_id`, an email address or a telephone number',
  'address-left-out': 'put it right in the directory: it is no address, and everything else of the contact was taken',
  'network-not-allowed':
    'add the sender’s network to `allowedNetworks`, or see whether `trustedProxies` names the proxy',
  handshake: NOTHING,
  'endpoint-not-configured':
    'add it under `numbers` of the connection, or give the connection a `group`; then `replay`',
  'agent-unknown': 'add the extension to an agent',
  'auto-create-off': '`autoCreate` of the line or the account; then `replay`',
  'unknown-type': NOTHING,
  test: NOTHING,
  too_old: NOTHING,
  short_call: NOTHING,
  duplicate: NOTHING,
  blocked_sender: NOTHING,
  'not-decided': 'wait a moment; if it stays so, `casewright doctor` says whether case-builder works',
  'goes-on': 'nothing: what becomes of it is decided when it has come to its end',
  'waits-for-a-person': 'release or reject it: `casewright quarantine list`',
};

const BY_VERDICT: Readonly<Record<string, string>> = {
  verified: NOTHING,
  refused: 'see whether it was the provider: compare address and secret there with those of the connection',
  malformed: 'correct what the answer pointed at; nothing of the request was taken',
  overload: 'see whether the log can be reached; a provider that does not repeat it by itself: `replay`',
};

/** One sentence that says what to do about a reason, whatever the request came to. */
export function adviceOn(reason: string, verdict: string): string {
  return (Object.hasOwn(ADVICE, reason) ? ADVICE[reason] : BY_VERDICT[verdict]) ?? NOTHING;
}
