import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALLER } from '#libs/testing';
import { logsUnderTest } from '../e2e/logs.js';
import { zammad } from '../webhooks/senders.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const HOUR = 3600;
const OURS = '351210000000';

describe.each(logsUnderTest())(
  'calls that never end, and calls that only end, by webhook, on the %s log',
  (_kind, log) => {
    let world: TelephonyWorld;
    beforeAll(async () => {
      world = await openTelephonyWorld(log);
    });
    beforeEach(() => world.clear());
    afterAll(() => world?.stop());

    const only = async (): Promise<Record<string, unknown>> => {
      const [{ id } = { id: '' }, ...others] = await world.interactions();
      expect(others).toEqual([]);
      return world.asks<Record<string, unknown>>(`/v1/interactions/${id}`);
    };

    it('F15 a call that never ends is over after four hours, and a late hang-up changes no case twice', async () => {
      await world.sends(zammad({ event: 'newCall', callId: 'c1', from: '351910000001', to: OURS, direction: 'in' }));
      expect(await world.passes(4 * HOUR - 60)).toBe(0);
      expect(await only()).toMatchObject({ outcome: 'waiting', case: null });
      expect(await world.passes(4 * HOUR + 1)).toBe(1);
      expect(await only()).toMatchObject({ outcome: 'created', call: { outcome: 'unknown', end: { by: 'system' } } });
      const { id, subject } = await world.theCase();
      expect(subject).toMatch(/^Missed call from \+351 910 000 001,/);

      await world.sends(
        zammad({ event: 'hangup', callId: 'c1', from: '351910000001', to: OURS, direction: 'in', cause: 'cancel' }),
      );
      await world.passes(5 * HOUR);
      expect(await only()).toMatchObject({
        call: { outcome: 'abandoned', end: { by: 'caller', reason: 'cancelled' } },
      });
      expect(await world.theCase()).toMatchObject({ id, interaction_count: 1, reopen_count: 0, requester: CALLER });
      const kinds = (await world.events(id)).map(({ kind }) => kind);
      expect([kinds[0], kinds.filter((kind) => kind === 'created').length]).toEqual(['created', 1]);
      expect(kinds.length).toBeLessThanOrEqual(2);
    });

    it('F15 a call that only ends is an abandoned call of its own', async () => {
      await world.sends(
        zammad({ event: 'hangup', callId: 'c2', from: '351210000007', to: OURS, direction: 'in', cause: 'cancel' }),
      );
      await world.passes(1);
      expect(await only()).toMatchObject({ call: { outcome: 'abandoned' }, occasion: 'call_abandoned' });
      expect(await world.theCase()).toMatchObject({
        interaction_count: 1,
        requester: '+351210000007',
        group: 'Support',
      });
      expect((await world.theCase()).subject).toMatch(/^Abandoned call from \+351 21 000 0007,/);
    });
  },
);
