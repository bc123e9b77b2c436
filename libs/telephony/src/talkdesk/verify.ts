import type { Connection } from '../provider.js';
import { isSame } from '../request/constant-time.js';
import { verifyPathSecret } from '../request/path-secret.js';
import { refused, type Verification } from '../request/verification.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import { secretsInUse } from '../settings/secrets.js';
import type { TalkdeskSettings } from './settings.js';

/** The name under which our template of a trigger's body holds the second secret. */
export const BODY_SECRET = 'casewright_secret';

/**
 * Triggers sign nothing that is documented (field.md §3.1): the last segment of the address is a secret, and so is a constant in
 * the body where the connection has one.
 */
export function verifyTalkdesk(request: WebhookRequest, connection: Connection<TalkdeskSettings>): Verification {
  const { secret, previousSecret, bodySecret } = connection.settings;
  const path = verifyPathSecret(request, connection, secretsInUse(secret, previousSecret));
  if (!path.verified || bodySecret === null) {
    return path;
  }
  const given = bodySecretOf(request.body);
  if (given === null) {
    return refused('secret-missing', { detail: `the body has no ${BODY_SECRET}` });
  }
  return isSame(bodySecret, given) ? path : refused('secret-mismatch', { detail: `${BODY_SECRET} is another one` });
}

function bodySecretOf(body: Buffer): string | null {
  try {
    const plain = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
    const value = plain?.[BODY_SECRET];
    return typeof value === 'string' && value !== '' ? value : null;
  } catch {
    return null;
  }
}
