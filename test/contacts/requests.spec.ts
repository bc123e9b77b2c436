import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { logsUnderTest } from '../e2e/logs.js';
import { type ContactWorld, openContactWorld } from './contact-world.js';

const AT = '2026-03-02T09:10:00Z';
const REQUEST = {
  ...{ id: 'k-3', type: 'contact.request', occurred_at: AT, external_id: 'crm-100', request_id: 'q-5' },
  ...{ subject: 'Invoice missing', text: 'I need the invoice of February.', name: 'Maria Silva' },
};

describe.each(logsUnderTest())('requests of contacts, by webhook, on the %s log', (_kind, log) => {
  let world: ContactWorld;
  beforeAll(async () => {
    world = await openContactWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  it('a request opens a case for whom the directory names; the same told again changes nothing', async () => {
    const first = await world.post(REQUEST);
    expect(first.status).toBe(202);
    const { events } = (await first.json()) as { events: object[] };
    expect(events).toEqual([{ id: 'k-3', interaction_id: expect.any(String) }]);
    const again = (await (await world.post(REQUEST)).json()) as { events: object[] };
    expect(again.events).toEqual(events);
    await world.settled();
    expect(await world.theCase()).toMatchObject({ subject: 'Invoice missing', interaction_count: 1 });
    const [contact] = await world.contacts();
    expect(contact).toEqual({ name: 'Maria Silva', address: 'crm:crm-100' });
  });

  it('what bears the same request joins its case, whichever came first; another one opens another', async () => {
    await world.tells({ ...REQUEST, id: 'k-4', text: 'It is the one of 12 February.' }, REQUEST);
    await world.tells({ ...REQUEST, id: 'k-5', occurred_at: '2026-03-02T09:00:00Z' });
    expect(await world.theCase()).toMatchObject({ interaction_count: 3 });
    await world.tells({ ...REQUEST, id: 'k-6', request_id: 'q-6' });
    expect(await world.cases()).toHaveLength(2);
  });

  it('a case that is named is joined by its requester, and by nobody else', async () => {
    await world.tells(REQUEST);
    const { number } = await world.theCase();
    const named = { ...REQUEST, request_id: 'q-7', case: `CASE-${number}` };
    await world.tells({ ...named, id: 'k-7' });
    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    await world.tells({ ...named, id: 'k-8', request_id: 'q-8', external_id: 'crm-900' });
    expect(await world.cases()).toHaveLength(2);
  });

  it('goes to the group that is asked for; to the account’s where there is no such', async () => {
    await world.tells({ ...REQUEST, group: 'Sales' }, { ...REQUEST, id: 'k-9', request_id: 'q-9', group: 'Nobody' });
    expect((await world.cases()).map(({ group }) => group).sort()).toEqual(['Sales', 'Support']);
  });

  it('a request by address alone is of whoever bears that; what it tells besides the key is told of the contact', async () => {
    const { external_id: _, ...nameless } = REQUEST;
    await world.tells({ ...nameless, email: 'Maria@Loja.example' });
    expect(await world.theCase()).toMatchObject({ requester: 'maria@loja.example' });
    await world.tells({ ...REQUEST, id: 'k-10', request_id: 'q-10', email: 'maria@loja.example' });
    expect(await world.facts('k-10')).toMatchObject([
      { kind: 'upserted', contact: { externalId: 'crm-100' }, emails: [{ value: 'maria@loja.example' }] },
    ]);
  });

  it('upserts, merges, deletions and erasures open nothing, and are told as facts', async () => {
    const event = { occurred_at: AT, external_id: 'crm-100' };
    await world.tells(
      { ...event, id: 'f-1', type: 'contact.upserted', phones: ['+351 210 000 001'], emails: null },
      { ...event, id: 'f-2', type: 'contact.merged', merged_external_ids: ['crm-77'] },
      { ...event, id: 'f-3', type: 'contact.deleted' },
      { ...event, id: 'f-4', type: 'contact.erased' },
      { ...event, id: 'f-5', type: 'contact.sold' },
    );
    expect(await world.cases()).toEqual([]);
    expect(await world.facts('f-1', 'f-2', 'f-3', 'f-4', 'f-5')).toMatchObject([
      { kind: 'upserted', phones: [{ value: '+351210000001', raw: '+351 210 000 001' }], emails: null },
      { kind: 'merged', mergedExternalIds: ['crm-77'] },
      { kind: 'deleted' },
      { kind: 'erased', mayErase: false },
    ]);
  });

  it('takes all of a batch or nothing of it, and nothing of a stranger', async () => {
    const bad = { id: 'b-2', type: 'contact.upserted', occurred_at: AT, external_id: 'x', emails: ['nobody'] };
    const answer = await world.post({ events: [{ ...REQUEST, id: 'b-1' }, bad] });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/events/1/emails/0', code: 'email' }] });
    expect((await world.post(REQUEST, 'whsec_bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5')).status).toBe(403);
    await world.settled();
    expect(await world.interactions()).toEqual([]);
    expect(await world.facts('b-1', 'b-2')).toEqual([]);
  });

  it('keeps in the delivery log what came, by connection, with the interaction that it became', async () => {
    await world.tells({ ...REQUEST, id: 'd-1' });
    const rows = async () => {
      const { rows: found } = await world.pool.query<{ event_ids: string[]; interaction_ids: string[]; path: string }>(
        `select event_ids, interaction_ids, path from delivery where connection = 'contacts/crm' and 'd-1' = any (event_ids)`,
      );
      return found;
    };
    while ((await rows()).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const [row] = await rows();
    expect(row).toMatchObject({ path: '/webhooks/contacts/crm', interaction_ids: [expect.any(String)] });
  });
});
