import { sentWithSecret, type DirectoryVendor } from '../vendor.js';
import { TalkdeskContactSettings } from './settings.js';

/** Talkdesk, which signs nothing: the secret is in the address. */
export const talkdeskContactVendor: DirectoryVendor<TalkdeskContactSettings> = {
  settingsWith: (secret) => Object.assign(new TalkdeskContactSettings(), { secret }),
  sign: (request, connection) => sentWithSecret(request, connection, connection.settings.secret),
};
