import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aMail } from '#libs/testing';
import { closeDueCases } from '../../../apps/case-builder/src/timers/auto-close.js';
import { aToyCall } from '../../facts/toy-calls.js';
import { sayWord } from '../../say-word.js';
import { aTeam, type TestBuilder } from './builder.js';
import { deliver, factsBuilder, tell } from './facts-world.js';

let builder: TestBuilder;
beforeAll(async () => {
  builder = await factsBuilder(aTeam('round_robin', 'ana'));
});
afterAll(() => builder.database.drop());

/** The samples of a metric by their labels, as a scrape reads them. */
async function samplesOf(name: string): Promise<Record<string, number>> {
  const { text } = await builder.metrics.exposition();
  const lines = text.matchAll(new RegExp(`^casewright_${name}\\{\\w+="(\\w+)"\\} (\\S+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, label = '', value]) => [label, Number(value)] as const));
}

it('one run counts interactions, facts, verdicts and what was due, and times every phase of settling them', async () => {
  const { database, dependencies } = builder;
  expect(await samplesOf('settle_inputs_total')).toEqual({});
  const spoof = aMail({ messageId: 'spoof@example.org', from: 'ana@acme.example' }, { trust: FAILED });
  await deliver(builder, [aMail({ messageId: 'one@example.org' }), spoof]);
  await deliver(builder, [spoof]);
  await tell(builder, aToyCall('call'));
  await sayWord(dependencies.ledger, spoof.id, 'released');
  await database.pool.query(`update cases set category = 'resolved', resolution_source = 'automation',
    resolved_at = now() - interval '10 days'`);
  expect(await closeDueCases(dependencies.ledger, new AbortController().signal)).toBe(3);
  expect(await samplesOf('settle_inputs_total')).toEqual({ interaction: 3, fact: 3, verdict: 1, due: 3 });
  // Two batches of mails, one of facts, a release and a timer.
  const phases = { find: 5, load: 5, decide: 5, write: 5, announce: 5 };
  expect(await samplesOf('settle_seconds_count')).toEqual(phases);
  expect(Object.values(await samplesOf('settle_seconds_sum')).every((seconds) => seconds > 0)).toBe(true);
});

it('what belongs to no account is not counted as settled', async () => {
  const before = await samplesOf('settle_inputs_total');
  const accountId = 'b9c4e6de-2d5e-5d0c-8f4b-4a8a6c1f9f11';
  await deliver(builder, [aMail({ messageId: 'elsewhere@example.org' }, { accountId })]);
  await tell(builder, aToyCall('elsewhere', { accountId }));
  expect(await samplesOf('settle_inputs_total')).toEqual(before);
});

const FAILED = { verdict: 'fail', reason: 'DMARC failed' } as const;
