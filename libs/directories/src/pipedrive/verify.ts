import { verifyBasic, type Connection, type Verification, type WebhookRequest } from '#libs/webhook';
import type { PipedriveSettings } from './settings.js';

/** Nothing is signed: Pipedrive proves itself by user and password. */
export function verifyPipedrive(request: WebhookRequest, { settings }: Connection<PipedriveSettings>): Verification {
  const { basic, previousBasic } = settings;
  return verifyBasic(request, previousBasic === null ? [basic] : [basic, previousBasic]);
}
