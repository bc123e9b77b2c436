import {
  secretsInUse,
  verifyBodySecret,
  verifyPathSecret,
  type Connection,
  type Verification,
  type WebhookRequest,
} from '#libs/webhook';
import type { TalkdeskContactSettings } from './settings.js';

/** The name under which our template of a trigger's body holds the second secret. */
export const BODY_SECRET = 'casewright_secret';

/** As triggers of calls do: the last segment of the address is a secret, and so is a constant in the body where there is one. */
export function verifyTalkdeskContacts(
  request: WebhookRequest,
  connection: Connection<TalkdeskContactSettings>,
): Verification {
  const { secret, previousSecret, bodySecret } = connection.settings;
  const path = verifyPathSecret(request, connection, secretsInUse(secret, previousSecret));
  return path.verified && bodySecret !== null ? verifyBodySecret(request, BODY_SECRET, bodySecret) : path;
}
