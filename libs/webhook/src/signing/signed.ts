import type { Verification } from '../request/verification.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import { secretsInUse } from '../settings/secrets.js';
import { signOwnHmac, verifyOwnHmac } from './own-hmac.js';
import type { SigningSettings } from './signing-settings.js';
import { signStandardMessage, verifyStandardMessage } from './standard-webhooks.js';

/** Standard Webhooks 1.0, or the sender's own HMAC where the settings describe one. */
export function verifySigned(request: WebhookRequest, settings: SigningSettings): Verification {
  const secrets = secretsInUse(settings.secret, settings.previousSecret);
  return settings.hmac === null
    ? verifyStandardMessage(request, secrets)
    : verifyOwnHmac(request, secrets, settings.hmac);
}

/** The headers that a sender signs with. `timestamp`: seconds since 1970, as it is written in the header. */
export function signatureHeadersOf(
  { id, body }: { readonly id: string; readonly body: string },
  { secret, hmac }: SigningSettings,
  timestamp: string,
): Readonly<Record<string, string>> {
  const bytes = Buffer.from(body, 'utf8');
  if (hmac !== null) {
    const { header, timestampHeader } = hmac;
    const signed = timestampHeader === null ? null : timestamp;
    const signature = signOwnHmac(secret, hmac, { timestamp: signed, body: bytes });
    return { [header]: signature, ...(timestampHeader === null ? {} : { [timestampHeader]: timestamp }) };
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signStandardMessage(secret, { id, timestamp, body: bytes }),
  };
}
