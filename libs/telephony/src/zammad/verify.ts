import type { Connection } from '../provider.js';
import { verifyPathSecret } from '../request/path-secret.js';
import type { Verification } from '../request/verification.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import { secretsInUse } from '../settings/secrets.js';
import type { ZammadSettings } from './settings.js';

/** The secret is the last segment of the address, as in Zammad's own addresses (docs.zammad.org, api/generic-cti). */
export function verifyZammad(request: WebhookRequest, connection: Connection<ZammadSettings>): Verification {
  const { secret, previousSecret } = connection.settings;
  return verifyPathSecret(request, connection, secretsInUse(secret, previousSecret));
}
