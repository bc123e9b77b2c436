import {
  verifySigned,
  type Connection,
  type SigningSettings,
  type Verification,
  type WebhookRequest,
} from '#libs/webhook';

/** Standard Webhooks 1.0, or the sender's own HMAC where the settings describe one. */
export function verifyGeneric(request: WebhookRequest, { settings }: Connection<SigningSettings>): Verification {
  return verifySigned(request, settings);
}
