import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { openLedger } from '#libs/case-ledger';
import { DECIDED_TOPIC, interactionRecord, type Interaction } from '#libs/interaction';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { aMail, waitUntil } from '#libs/testing';
import { sayWord } from '../say-word.js';
import { readFoundRows } from './found-rows.js';
import { lagOf } from './killer.js';
import { startParts, type Parts } from './parts.js';
import { startApp, type RunningApp } from './processes.js';
import { seededRandom } from './random.js';

const SPOOFED = 400;
const KILLS = 3;
const SEED = 17;

it('what a person releases goes on exactly once while case-builder is killed', async () => {
  const parts = await startParts('embedded', 'manual');
  let builder: RunningApp | null = null;
  try {
    builder = await startBuilder(parts);
    const spoofed = spoofedMails();
    await parts.log.publish(spoofed.map((mail) => interactionRecord(mail)));
    await untilRelayed(parts, 'suspended', SPOOFED);
    builder = await releaseUnderFire(parts, spoofed, builder);
    await untilRelayed(parts, 'created', SPOOFED);
    const { cases, interactions, gapped, miscounted, eventIds } = await readFoundRows(parts.pool);
    expect([cases, interactions, gapped, miscounted, eventIds.size]).toEqual([SPOOFED, SPOOFED, 0, 0, SPOOFED]);
    expect(await toldVerbs(parts)).toEqual({ suspended: SPOOFED, released: SPOOFED, applied: SPOOFED });
  } finally {
    await builder?.kill('SIGKILL');
    await parts.stop({ keep: false });
  }
}, 240_000);

/** Mails that claim to be an agent's, and are not. */
function spoofedMails(): Interaction[] {
  return Array.from({ length: SPOOFED }, (_, index) =>
    aMail(
      { messageId: `spoofed-${index}@elsewhere.example`, from: 'ana@acme.example' },
      { accountId: defaultAccountId, trust: { verdict: 'fail', reason: 'DMARC failed' } },
    ),
  );
}

/** Every mail is released by two people at once; case-builder, which tells about it, is killed in between. */
async function releaseUnderFire(parts: Parts, spoofed: readonly Interaction[], first: RunningApp): Promise<RunningApp> {
  const random = seededRandom(SEED);
  const ledger = openLedger(parts.pool, new Metrics());
  let builder = first;
  for (const [index, { id }] of spoofed.entries()) {
    const words = [sayWord(ledger, id, 'released'), sayWord(ledger, id, 'released')];
    expect((await Promise.all(words)).filter(Boolean)).toHaveLength(1);
    if (index % Math.ceil(SPOOFED / (KILLS + 1)) === 50) {
      await delay(random.below(100));
      await builder.kill('SIGKILL');
      builder = await startBuilder(parts);
    }
  }
  return builder;
}

async function startBuilder(parts: Parts): Promise<RunningApp> {
  const builder = await startApp('case-builder', parts.folder, parts.environment);
  await builder.ready();
  return builder;
}

/** So many have this outcome, and everything is told and read. */
async function untilRelayed(parts: Parts, outcome: string, count: number): Promise<void> {
  const isDone = async (): Promise<boolean> => {
    const { rows } = await parts.pool.query<{ settled: number; waiting: number }>(
      `select (select count(*)::int from interaction where outcome = $1) as settled,
              (select count(*)::int from outbox) as waiting`,
      [outcome],
    );
    return rows[0]?.settled === count && rows[0].waiting === 0 && (await lagOf(parts)) === 0;
  };
  await waitUntil(isDone, 60_000, () => `the work does not end: see ${parts.folder}/case-builder.log`, 100);
}

/** How many events of each kind the decided topic tells, repetitions dropped. */
async function toldVerbs({ log }: Parts): Promise<Record<string, number>> {
  const seen = new Set<string>();
  const verbs: Record<string, number> = {};
  for await (const { headers } of log.read(DECIDED_TOPIC, { from: 'beginning', follow: false })) {
    const verb = (headers['ce_type'] ?? '').split('.').at(-2) ?? '';
    if (!seen.has(headers['ce_id'] ?? '')) {
      seen.add(headers['ce_id'] ?? '');
      verbs[verb] = (verbs[verb] ?? 0) + 1;
    }
  }
  return verbs;
}
