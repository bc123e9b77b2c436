import { describe, expect, it } from '@jest/globals';
import { testKafka } from '#libs/testing';
import { runLosses } from './webhooks/run-losses.js';

const isLong = process.env['CASEWRIGHT_LONG_FAULTS'] === '1';
const logs: readonly ('embedded' | 'kafka')[] = testKafka() === null ? ['embedded'] : ['embedded', 'kafka'];

/** The suite has a short form on one log; `npm run faults` the whole of it on both. */
const RUNS = isLong
  ? logs.map((log) => ({ log, webhooks: 100_000, kills: { log: 2, builder: 5, call: 2 } }))
  : [{ log: 'embedded' as const, webhooks: 1500, kills: { log: 1, builder: 1, call: 1 } }];

describe('signed webhooks while the log, case-builder and the app for calls are killed', () => {
  it.each(RUNS)(
    '$webhooks on the $log log: every acknowledged event once, every call with its outcome',
    async ({ log, webhooks, kills }) => {
      const options = { log, webhooks, kills, connections: 64, seed: 1, keep: false };
      const { losses, kills: killed } = await runLosses(options, () => undefined);
      expect(losses).toMatchObject({ missing: 0, doubled: 0, astray: 0, otherOutcome: 0, unfolded: 0, refused: 0 });
      expect(losses.events).toBeGreaterThanOrEqual(webhooks);
      expect(losses.calls).toBeGreaterThan(webhooks / 6);
      expect(killed).toHaveLength(kills.log + kills.builder + kills.call);
    },
    1_800_000,
  );
});
