import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { aDeclaredLine, waitUntil } from '#libs/testing';
import { ACME } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { missedCall } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const UNKNOWN = '+351210000009';
const REASON = `endpoint-not-configured: ${UNKNOWN}`;
/** What the delivery log may take to say it, beside other specs. */
const SAID_WITHIN_MS = 20_000;

interface Shown {
  readonly id: string;
  readonly received_at: string;
  readonly reason: string | null;
  readonly advice: string | null;
  readonly state: string | null;
}

describe.each(logsUnderTest())('I send an event and nothing happens, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const listed = async (): Promise<Shown[]> =>
    (await world.asks<{ data: Shown[] }>('/v1/deliveries?connection=generic/pbx')).data;
  const arrives = async (): Promise<Shown> => {
    await world.sends(...missedCall('c-9', 0, { to: UNKNOWN }));
    let found: Shown | undefined;
    const isSaid = async (): Promise<boolean> => {
      found = (await listed()).find(({ reason }) => reason === REASON);
      return found !== undefined;
    };
    await waitUntil(isSaid, SAID_WITHIN_MS, () => 'the delivery log does not say why', 20);
    return found!;
  };
  /** As an operator who does what the log says. */
  const lineIsAdded = () =>
    declareConfiguration(world.pool, { ...ACME, endpoints: [...ACME.endpoints, aDeclaredLine(UNKNOWN)] });

  it('F16 the API says why, and what to do; done and replayed, it is a case', async () => {
    const found = await arrives();
    expect(found).toMatchObject({
      ...{ connection: 'generic/pbx', verdict: 'verified', state: 'recorded', answer: 202, replayable: true },
      advice: expect.stringContaining('`replay`'),
      interactions: [{ state: 'recorded', case: null }],
    });
    expect(await world.cases()).toEqual([]);
    await lineIsAdded();
    const replayed = await world.asks<{ facts: number }>(`/v1/deliveries/${found.id}/replay`, { method: 'POST' });
    expect(replayed).toMatchObject({ facts: 1 });
    await world.settled();
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, group: 'Support' });
    const shown = await world.asks<Shown>(`/v1/deliveries/${found.id}`);
    expect(shown).toMatchObject({ state: 'created', reason: null });
  });
});
