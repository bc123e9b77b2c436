import type { RecordingAccess } from '../recording-access.js';
import type { TwilioSettings } from './settings.js';

/** Media ask for HTTP Basic: an API key, or the account by its token (twilio.com/docs/iam/api-keys). */
export function twilioAccess({ accountSid, authToken, api }: TwilioSettings): RecordingAccess {
  const [user, password] = api === null ? [accountSid, authToken] : [api.apiKey, api.apiSecret];
  return { hosts: ['api.twilio.com'], credentials: { kind: 'basic', user, password } };
}
