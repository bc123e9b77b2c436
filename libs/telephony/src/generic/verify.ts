import type { Connection } from '../provider.js';
import type { Verification } from '../request/verification.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import { secretsInUse } from '../settings/secrets.js';
import { verifyOwnHmac } from './own-hmac.js';
import type { GenericSettings } from './settings.js';
import { verifyStandardMessage } from './standard-webhooks.js';

/** Standard Webhooks 1.0, or the sender's own HMAC where the settings describe one. */
export function verifyGeneric(request: WebhookRequest, { settings }: Connection<GenericSettings>): Verification {
  const secrets = secretsInUse(settings.secret, settings.previousSecret);
  return settings.hmac === null
    ? verifyStandardMessage(request, secrets)
    : verifyOwnHmac(request, secrets, settings.hmac);
}
