import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCaseToken } from '#libs/interaction';
import { createApiKey } from '#libs/testing';
import { findTokens } from '../../../apps/email/src/rules/find-tokens.js';
import { casewright } from '../cli/terminal-of-test.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { aWorld, storeCase, type World } from './world.js';

interface Addresses {
  readonly data: { readonly mailbox: string; readonly address: string; readonly message_id: string }[];
}

const SECRET = 'a secret for tests only';

describe('the addresses of a case', () => {
  let world: World;
  let keys: string[];
  let caseId: string;
  beforeAll(async () => {
    world = await aWorld();
    keys = await Promise.all(
      [OUR_ACCOUNT, OTHER_ACCOUNT].map((accountId) =>
        createApiKey(world.database.pool, { accountId, name: 'writer', scopes: ['cases:write'] }),
      ),
    );
    caseId = (await storeCase(world)).id;
  });
  afterAll(() => world?.close());

  it('are signed for every mailbox, the one that it came through first', async () => {
    const { status, body, headers } = await world.get<Addresses>(`/v1/cases/${caseId}/addresses`, { key: keys[0] });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body.data.map(({ mailbox }) => mailbox)).toEqual(['support@acme.example', 'sales@acme.example']);
    for (const { address, message_id } of body.data) {
      const token = /\+(cw[a-z2-7]{42})@/.exec(address)?.[1] ?? '';
      expect(verifyCaseToken(OUR_ACCOUNT, token, SECRET)).toBe(caseId);
      expect(findTokens([message_id], OUR_ACCOUNT, SECRET)).toEqual({ caseIds: [caseId], forged: false });
    }
  });

  it('come with a Message-ID of its own for every mail', async () => {
    const ask = () => world.get<Addresses>(`/v1/cases/${caseId}/addresses`, { key: keys[0] });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one.body.data[0]?.message_id).not.toBe(other.body.data[0]?.message_id);
  });

  it('are printed by the command line', async () => {
    const access = ['--url', await world.application.getUrl(), '--key', keys[0] ?? ''];
    const { code, output } = await casewright(['address', 'CASE-1', '--message-id', ...access]);
    expect(code).toBe(0);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^support\+cw[a-z2-7]{42}@acme\.example$/),
      expect.stringMatching(/^Message-ID: <[0-9a-f-]{36}\.cw[a-z2-7]{42}@acme\.example>$/),
      expect.stringMatching(/^sales\+cw[a-z2-7]{42}@acme\.example$/),
      expect.stringMatching(/^Message-ID: </),
    ]);
    const json = await casewright(['address', caseId, '--json', ...access]);
    expect(JSON.parse(json.output.split('\n')[0] ?? '')).toMatchObject({ mailbox: 'support@acme.example' });
    expect(await casewright(['address', '99', ...access])).toMatchObject({ code: 1 });
  });

  it('are nobody’s who may only read, nor another account’s', async () => {
    expect((await world.get(`/v1/cases/${caseId}/addresses`)).status).toBe(403);
    expect((await world.get(`/v1/cases/${caseId}/addresses`, { key: keys[1] })).status).toBe(404);
  });
});
