import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aCallParty, CALLER, createApiKey } from '#libs/testing';
import { sweepDeliveries } from '../../../apps/case-builder/src/timers/sweep-deliveries.js';
import { setAccount } from './beside-http.js';
import { DeliveriesApi } from './deliveries-api.js';
import { OUR_ACCOUNT } from './identities.js';
import { aDelivery, noteDeliveries, settleFacts } from './told-facts.js';

let api: DeliveriesApi;
beforeAll(async () => {
  api = await DeliveriesApi.open();
});
beforeEach(() => api.forget());
afterAll(() => api.close());

describe('what was said and is taken away', () => {
  it('is gone from the requests that told of it, also from such as are noted late', async () => {
    await api.declareLine('+351210000001');
    const call = api.aMissedCall('+351210000001', { from: aCallParty(CALLER, 'Maria Secreta') });
    const said = { body: { from: 'Maria Secreta' }, eventIds: ['Maria Secreta'], facts: [call] };
    const [early = ''] = await noteDeliveries(api.world, [aDelivery(said)]);
    await settleFacts(api.world, [call]);
    const { rows } = await api.world.database.pool.query<{ id: string; case_id: string }>(
      `select id, case_id from interaction where id = (select interaction_ids[1] from delivery where id = $1)`,
      [early],
    );
    const writing = await createApiKey(api.world.database.pool, {
      ...{ accountId: OUR_ACCOUNT, name: 'privacy', scopes: ['cases:admin'] },
    });
    const body = { reason: 'Asked to.' };
    const line = `POST /v1/interactions/${rows[0]?.id}/redact`;
    expect((await api.world.send(line, { key: writing, body })).status).toBe(200);
    const [late = ''] = await noteDeliveries(api.world, [aDelivery(said)]);
    const kept = await api.world.database.pool.query<{ row: string }>('select d::text as row from delivery d');
    expect(kept.rows.filter(({ row }) => row.includes('Secreta'))).toEqual([]);
    for (const id of [early, late]) {
      expect((await api.get(`/v1/deliveries/${id}`)).body).toMatchObject({
        body: null,
        redacted_at: expect.any(String),
      });
      expect(await api.replay(id)).toMatchObject({ status: 410, body: { code: 'redacted' } });
    }
  });

  it('is gone with the cases that are purged', async () => {
    await api.declareLine('+351210000001');
    await setAccount(api.world, `auto_create = '{call_missed,call_abandoned}'`);
    const [call, other] = [api.aMissedCall('+351210000001'), api.aMissedCall('+351210000001')];
    const [id = '', kept = ''] = await noteDeliveries(api.world, [
      aDelivery({ facts: [call] }),
      aDelivery({ facts: [other] }),
    ]);
    await settleFacts(api.world, [call]);
    await settleFacts(api.world, [other]);
    const shown = await api.get<{ interactions: { case: { id: string } }[] }>(`/v1/deliveries/${id}`);
    const path = `/v1/cases/${shown.body.interactions[0]?.case.id}`;
    const admin = { accountId: OUR_ACCOUNT, name: 'purger', scopes: ['cases:admin'] };
    const key = await createApiKey(api.world.database.pool, admin);
    expect((await api.world.send(`DELETE ${path}`, { key })).status).toBe(200);
    expect((await api.world.send(`DELETE ${path}?permanent=true`, { key })).status).toBeLessThan(300);
    expect((await api.get(`/v1/deliveries/${id}`)).body).toMatchObject({ body: null, redacted_at: expect.any(String) });
    expect((await api.get(`/v1/deliveries/${kept}`)).body).toMatchObject({ body: { id: 'e1' }, redacted_at: null });
  });

  it('is gone after 14 days, and from what was noted while it was being taken away', async () => {
    const { pool } = api.world.database;
    const call = api.aMissedCall('+351210000001');
    await settleFacts(api.world, [call]);
    const day = 24 * 60 * 60 * 1000;
    const [old = '', young = '', late = ''] = await noteDeliveries(api.world, [
      aDelivery({ receivedAt: Date.now() - 14 * day - 1_000 }),
      aDelivery({ receivedAt: Date.now() - 14 * day + 60_000 }),
      aDelivery({ facts: [call] }),
    ]);
    await pool.query(
      `update interaction set outcome = 'erased' where id = (select interaction_ids[1] from delivery where id = $1)`,
      [late],
    );
    await sweepDeliveries(pool, new AbortController().signal);
    const { rows } = await pool.query<{ id: string }>('select id from delivery where body is null or id = $1', [old]);
    expect(rows).toEqual([{ id: late }]);
    expect(await api.idsOf('')).toEqual(expect.arrayContaining([young, late]));
  });
});
