import { answerWithInteractions, SigningSettings } from '#libs/webhook';
import { GENERIC_SECRETS, readGeneric } from './generic/read.js';
import { genericVendor } from './generic/vendor.js';
import { verifyGeneric } from './generic/verify.js';
import type { Provider } from './provider.js';
import { talkdeskAccess } from './talkdesk/access.js';
import { readTalkdesk, TALKDESK_SECRETS } from './talkdesk/read.js';
import { TalkdeskSettings } from './talkdesk/settings.js';
import { talkdeskVendor } from './talkdesk/vendor.js';
import { verifyTalkdesk } from './talkdesk/verify.js';
import { twilioAccess } from './twilio/access.js';
import { readTwilio, TWILIO_SECRETS } from './twilio/read.js';
import { TwilioSettings } from './twilio/settings.js';
import { twilioVendor } from './twilio/vendor.js';
import { verifyTwilio } from './twilio/verify.js';
import { readZammad, ZAMMAD_SECRETS } from './zammad/read.js';
import { zammadVendor } from './zammad/vendor.js';
import { verifyZammad } from './zammad/verify.js';
import { ZammadSettings } from './zammad/settings.js';

/** Every telephone system that we take webhooks of; one line each. */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'generic',
    settings: SigningSettings,
    verify: verifyGeneric,
    read: readGeneric,
    vendor: genericVendor,
    secrets: GENERIC_SECRETS,
    numberFormat: 'mixed',
    bodyBytes: 256 * 1024,
    mediaTypes: ['application/json'],
    requestIdHeader: 'webhook-id',
    sendsSounds: true,
    answer: answerWithInteractions,
  },
  {
    name: 'zammad',
    settings: ZammadSettings,
    verify: verifyZammad,
    read: readZammad,
    vendor: zammadVendor,
    secrets: ZAMMAD_SECRETS,
    numberFormat: 'digits',
    mediaTypes: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    secretInAddress: true,
  },
  {
    name: 'talkdesk',
    settings: TalkdeskSettings,
    verify: verifyTalkdesk,
    read: readTalkdesk,
    vendor: talkdeskVendor,
    secrets: TALKDESK_SECRETS,
    numberFormat: 'e164',
    recordingAccess: talkdeskAccess,
    secretInAddress: true,
  },
  {
    name: 'twilio',
    settings: TwilioSettings,
    verify: verifyTwilio,
    read: readTwilio,
    vendor: twilioVendor,
    secrets: TWILIO_SECRETS,
    numberFormat: 'e164',
    recordingAccess: twilioAccess,
    signsAddress: true,
  },
];
