import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSoundServer, type SoundServer } from '../../testing/sound-server.js';
import { Authorizations } from './authorizations.js';

const HOST = 'acme.talkdeskid.com';
let server: SoundServer;
let issued = 0;
beforeAll(async () => {
  server = await startSoundServer((_, response) => {
    issued += 1;
    response.end(JSON.stringify({ access_token: `T${issued}`, expires_in: 600 }));
  });
});
afterAll(() => server.close());

describe('a token', () => {
  it('is kept until shortly before its end, for each connection', async () => {
    let now = 0;
    const authorizations = new Authorizations(() => now);
    const tokenUrl = server.at(HOST, '/oauth/token');
    const credentials = { kind: 'client_credentials', tokenUrl, clientId: 'client', clientSecret: 'secret' } as const;
    const tools = { resolve: async () => ['127.0.0.1'], namedHosts: [HOST] };
    const ask = async (connection = 'talkdesk/main') => {
      const answer = await authorizations.of(connection, credentials, tools, new AbortController().signal);
      return answer.outcome === 'known' ? answer.header : answer.outcome;
    };
    expect([await ask(), await ask(), await ask('talkdesk/other')]).toEqual(['Bearer T1', 'Bearer T1', 'Bearer T2']);
    now = 539_999;
    expect(await ask()).toBe('Bearer T1');
    now = 540_000;
    expect(await ask()).toBe('Bearer T3');
    authorizations.forget('talkdesk/main');
    expect(await ask()).toBe('Bearer T4');
  });
});
