import type { RecordingAccess } from '../recording-access.js';
import type { TalkdeskSettings } from './settings.js';

/** Ends of Talkdesk's hosts that are no region's name and `.com`. */
const ENDS: Readonly<Record<string, string>> = { us: '.com', eu: '.eu' };

/** Recordings are asked for with a token of the account's own host (docs.talkdesk.com, client credentials). */
export function talkdeskAccess({ api }: TalkdeskSettings): RecordingAccess {
  const end = (region: string): string => ENDS[region] ?? `${region}.com`;
  if (api === null) {
    return { hosts: [`api.talkdeskapp${end('us')}`, `api.talkdeskapp${end('eu')}`], credentials: null };
  }
  const { clientId, clientSecret, account, region } = api;
  const tokenUrl = `https://${account}.talkdeskid${end(region)}/oauth/token`;
  return {
    hosts: [`api.talkdeskapp${end(region)}`],
    credentials: { kind: 'client_credentials', tokenUrl, clientId, clientSecret },
  };
}
