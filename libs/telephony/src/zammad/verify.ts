import { secretsInUse, type Verification, verifyPathSecret, type WebhookRequest } from '#libs/webhook';
import type { Connection } from '../provider.js';
import type { ZammadSettings } from './settings.js';

/** The secret is the last segment of the address, as in Zammad's own addresses (docs.zammad.org, api/generic-cti). */
export function verifyZammad(request: WebhookRequest, connection: Connection<ZammadSettings>): Verification {
  const { secret, previousSecret } = connection.settings;
  return verifyPathSecret(request, connection, secretsInUse(secret, previousSecret));
}
