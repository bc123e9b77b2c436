import {
  secretsInUse,
  type Verification,
  verifyBodySecret,
  verifyPathSecret,
  type WebhookRequest,
} from '#libs/webhook';
import type { Connection } from '../provider.js';
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
  return path.verified && bodySecret !== null ? verifyBodySecret(request, BODY_SECRET, bodySecret) : path;
}
