import {
  refused,
  secretsInUse,
  verifyBasic,
  verifyOwnHmac,
  verifyPathSecret,
  type Connection,
  type Verification,
  type WebhookRequest,
} from '#libs/webhook';
import type { JsonSettings } from './settings.js';

/** By user and password, by a signature over the body, or by the last segment of the address, as the settings say. */
export function verifyJson(request: WebhookRequest, connection: Connection<JsonSettings>): Verification {
  const { secret, previousSecret, hmac, basic } = connection.settings;
  if (basic !== null) {
    return verifyBasic(request, [basic]);
  }
  if (secret === null) {
    return refused('secret-missing');
  }
  const secrets = secretsInUse(secret, previousSecret);
  return hmac === null ? verifyPathSecret(request, connection, secrets) : verifyOwnHmac(request, secrets, hmac);
}
