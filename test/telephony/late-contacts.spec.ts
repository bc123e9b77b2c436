import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ContactFact, contactFactRecord } from '#libs/interaction';
import { aContactFact, CALLER } from '#libs/testing';
import { ACME } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { answeredCall, missedCall } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const MINUTE = 60;
const accountId = ACME.account.id;
const OTHER = '+351910000058';

describe.each(logsUnderTest())('contacts that a directory tells of late, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  async function isSynchronised(...facts: readonly ContactFact[]): Promise<void> {
    await world.log.publish(facts.map((fact) => contactFactRecord(fact)));
    await world.settled();
    await world.builder.reconsider();
    await world.settled();
  }

  async function requesters(): Promise<unknown[]> {
    const { rows } = await world.pool.query<{ name: string; match: { method: string; confidence: string } }>(
      `select r.name, c.requester_match as match
         from cases c join contact r on r.account_id = c.account_id and r.id = c.requester_id
        order by c.number`,
    );
    return rows.map(({ name, match }) => [name, match.method, match.confidence]);
  }

  const contact = (name: string, number: string, externalId: string, seconds = 30 * MINUTE): ContactFact =>
    aContactFact('upserted', seconds, {
      ...{ accountId, name, phones: [{ value: number }] },
      contact: { integration: 'hubspot', externalId },
    });

  it('57 contact sync arrives 30 min late: requester upgraded, unless edited by a person', async () => {
    await world.sends(...answeredCall('c-57', 0));
    await world.sends(...answeredCall('c-58', 60, { from: OTHER }));
    const [own, chosen] = await world.cases();
    expect(await requesters()).toEqual([
      [CALLER, 'R6', 'weak'],
      [OTHER, 'R6', 'weak'],
    ]);
    const chosenByHand = { requester: { email: 'rita@example.org', name: 'Rita' } };
    await world.asks(`/v1/cases/${chosen?.id}`, { method: 'PATCH', body: chosenByHand });
    const maria = contact('Maria Silva', CALLER, '1');
    await isSynchronised(maria, contact('Nuno', OTHER, '2'));
    expect(await requesters()).toEqual([
      ['Maria Silva', 'R4', 'weak'],
      ['Rita', 'R6', 'weak'],
    ]);
    const changes = async (id = '') => (await world.events(id)).filter(({ fields }) => fields.includes('requester'));
    expect((await changes(own?.id)).map(({ kind }) => kind)).toEqual(['created', 'requester_changed']);
    expect((await changes(chosen?.id)).map(({ kind }) => kind)).toEqual(['created', 'requester_changed']);
    // Told again, and whoever calls then is known at once.
    await isSynchronised(maria);
    expect(await changes(own?.id)).toHaveLength(2);
    await world.sends(...missedCall('c-59', 600 * MINUTE));
    expect((await requesters()).at(-1)).toEqual(['Maria Silva', 'R4', 'weak']);
  });

  it('F3 a number that turns out to be several people’s is nobody’s alone', async () => {
    await world.sends(...answeredCall('c-57', 0));
    await isSynchronised(contact('Maria Silva', CALLER, '1'));
    expect(await requesters()).toEqual([['Maria Silva', 'R4', 'weak']]);
    await isSynchronised(contact('Rui', CALLER, '2'));
    expect(await requesters()).toEqual([[expect.anything(), 'R5', 'ambiguous']]);
  });

  it('57 contacts that turn out to be one person are one requester again', async () => {
    await isSynchronised(contact('Maria Silva', CALLER, '1'), contact('M. Silva', CALLER, '2'));
    await world.sends(...answeredCall('c-57', 0));
    expect(await requesters()).toEqual([[expect.anything(), 'R5', 'ambiguous']]);
    const one = { integration: 'hubspot', externalId: '1' };
    await isSynchronised(aContactFact('merged', 31 * MINUTE, { accountId, contact: one, mergedExternalIds: ['2'] }));
    expect(await requesters()).toEqual([['Maria Silva', 'R4', 'weak']]);
  });

  it('F2 one person whose country changed its numbering is found by what she called from before', async () => {
    await world.sends(...answeredCall('c-2', 0, { from: '+554187990000' }));
    await isSynchronised(contact('Beatriz', '+5541987990000', '3'));
    expect((await requesters()).map((one) => (one as string[])[0])).toEqual(['Beatriz']);
    const { rows } = await world.pool.query('select 1 from contact where merged_into is null');
    expect(rows).toHaveLength(1);
  });
});
