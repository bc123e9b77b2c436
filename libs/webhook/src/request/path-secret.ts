import { secretSegment, type ConnectionName } from './address.js';
import { isOneOf } from './constant-time.js';
import { refused, verified, type Verification } from './verification.js';
import type { WebhookRequest } from './webhook-request.js';

/** Whether the last segment of the address is one of the secrets, for providers that sign nothing. */
export function verifyPathSecret(
  { target }: Pick<WebhookRequest, 'target'>,
  name: ConnectionName,
  secrets: readonly string[],
): Verification {
  const given = secretSegment(target, name);
  if (given === null) {
    return refused('secret-missing');
  }
  return isOneOf(secrets, given) ? verified() : refused('secret-mismatch');
}
