import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCaseToken } from '#libs/interaction';
import { createApiKey } from '../../../apps/case-api/src/access/api-key.js';
import { findTokens } from '../../../apps/email/src/rules/find-tokens.js';
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
      expect(findTokens(message_id, OUR_ACCOUNT, SECRET)).toEqual({ caseIds: [caseId], forged: false });
    }
  });

  it('come with a Message-ID of its own for every mail', async () => {
    const ask = () => world.get<Addresses>(`/v1/cases/${caseId}/addresses`, { key: keys[0] });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one.body.data[0]?.message_id).not.toBe(other.body.data[0]?.message_id);
  });

  it('are nobody’s who may only read, nor another account’s', async () => {
    expect((await world.get(`/v1/cases/${caseId}/addresses`)).status).toBe(403);
    expect((await world.get(`/v1/cases/${caseId}/addresses`, { key: keys[1] })).status).toBe(404);
  });
});
