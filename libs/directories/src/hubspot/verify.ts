import {
  calledAddress,
  isRefused,
  isSignature,
  refused,
  secretsInUse,
  signatureHeaders,
  verified,
  type Connection,
  type Verification,
  type WebhookRequest,
} from '#libs/webhook';
import type { HubSpotSettings } from './settings.js';
import { hubSpotSignature } from './signature.js';

/** Milliseconds since 1970, written in one way only. */
const MILLISECONDS = /^[1-9]\d{0,14}$/;
const TOLERANCE_MS = 5 * 60_000;

/**
 * Checks a request as HubSpot's signature v3 says (developers.hubspot.com, Validating requests).
 *
 * 1. Both headers once.
 * 2. Signed at most 5 minutes off our clock.
 * 3. The signature is that of one of the secrets over the address that HubSpot was given.
 */
export function verifyHubSpot(request: WebhookRequest, connection: Connection<HubSpotSettings>): Verification {
  const address = calledAddress(connection.publicUrl ?? '', request.target);
  const headers = signatureHeaders(request, ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp']);
  if (isRefused(headers)) {
    return { ...headers, address };
  }
  const [signature = '', timestamp = ''] = headers;
  if (!MILLISECONDS.test(timestamp)) {
    return refused('signature-unreadable', { address });
  }
  const offBy = Math.abs(request.receivedAt - Number(timestamp));
  if (offBy > TOLERANCE_MS) {
    const detail = `the clocks differ by ${Math.round(offBy / 1000)} s`;
    return refused('timestamp-out-of-range', { address, detail });
  }
  const { secret, previousSecret } = connection.settings;
  const right = secretsInUse(secret, previousSecret).map((one) =>
    hubSpotSignature(one, { address, body: request.body, timestamp }),
  );
  return isSignature(right, signature) ? verified(address) : refused('signature-mismatch', { address });
}
