import { verifyGeneric } from './generic/verify.js';
import { GenericSettings } from './generic/settings.js';
import type { Provider } from './provider.js';
import { TalkdeskSettings } from './talkdesk/settings.js';
import { verifyTalkdesk } from './talkdesk/verify.js';
import { TwilioSettings } from './twilio/settings.js';
import { verifyTwilio } from './twilio/verify.js';
import { verifyZammad } from './zammad/verify.js';
import { ZammadSettings } from './zammad/settings.js';

/** Every telephone system that we take webhooks of; one line each. */
export const PROVIDERS: readonly Provider[] = [
  { name: 'generic', settings: GenericSettings, verify: verifyGeneric },
  { name: 'zammad', settings: ZammadSettings, verify: verifyZammad },
  { name: 'talkdesk', settings: TalkdeskSettings, verify: verifyTalkdesk },
  { name: 'twilio', settings: TwilioSettings, verify: verifyTwilio },
];
