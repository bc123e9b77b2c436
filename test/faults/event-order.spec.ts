import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { interactionRecord, type InteractionRecord } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aMail, testKafka, waitUntil } from '#libs/testing';
import { readFoundRows } from './found-rows.js';
import { lagOf } from './killer.js';
import { startParts, type Parts } from './parts.js';
import { startApp, type RunningApp } from './processes.js';
import { seededRandom } from './random.js';
import { outOfSequence, readToldHistory } from './told-history.js';

const CONVERSATIONS = 150;
const RECORDS = 6_000;
const SEED = 5;
/** Longer than the database lets a silent leader lead, and than the group keeps a silent member. */
const FROZEN_MS = 40_000;
/** The strikes that take minutes; `npm run faults` asks for them. */
const isLong = process.env['CASEWRIGHT_LONG_FAULTS'] === '1';
const logs = testKafka() === null ? (['embedded'] as const) : (['embedded', 'kafka'] as const);

/** What happens to the two builders, the older one first. */
type Strike = (parts: Parts, builders: RunningApp[]) => Promise<void>;

const killOlder: Strike = async (parts, builders) => {
  await builders.shift()?.kill('SIGKILL');
  builders.push(await startBuilder(parts));
};

const crashDatabase: Strike = (parts) => parts.crashDatabase(1_000);

/** The younger one must do all of the work meanwhile, the relay's too. */
const freezeOlder: Strike = async (parts, builders) => {
  const older = builders[0];
  void older?.kill('SIGSTOP');
  const frozenAt = performance.now();
  await untilRelayed(parts);
  await delay(FROZEN_MS - (performance.now() - frozenAt));
  void older?.kill('SIGCONT');
};

describe('case.events.v1 tells each case in order, though its mails come from all partitions', () => {
  const struck = async (kind: Parts['log']['kind'], strike: Strike, times: number): Promise<void> => {
    const parts = await startParts(kind, 'manual');
    const builders: RunningApp[] = [];
    try {
      builders.push(await startBuilder(parts), await startBuilder(parts));
      await publishUnderFire(parts, times, () => strike(parts, builders));
      await untilRelayed(parts, RECORDS);
      await expectOrder(parts);
    } finally {
      await Promise.all(builders.map((builder) => builder.kill('SIGKILL')));
      await parts.stop({ keep: false });
    }
  };

  it.each(logs)('and builders are killed, on the %s log', (kind) => struck(kind, killOlder, 5), 400_000);

  (isLong ? it : it.skip).each(logs)(
    'and the database crashes, on the %s log',
    (kind) => struck(kind, crashDatabase, 3),
    400_000,
  );

  (isLong ? it : it.skip).each(logs)(
    'and the leading builder freezes, on the %s log',
    (kind) => struck(kind, freezeOlder, 1),
    400_000,
  );
});

/** Replies name the root of their conversation; the key is by chance, so a conversation is in all partitions. */
function conversations(): InteractionRecord[] {
  const random = seededRandom(SEED);
  return Array.from({ length: RECORDS }, (_, index) => {
    const isRoot = index < CONVERSATIONS;
    const conversation = isRoot ? index : random.below(CONVERSATIONS);
    const root = `root-${conversation}@shop.example`;
    const headers = { messageId: isRoot ? root : `reply-${index}@shop.example`, references: isRoot ? [] : [root] };
    const mail = aMail({ ...headers, from: `person-${conversation}@shop.example` }, { accountId: defaultAccountId });
    return { ...interactionRecord(mail), key: `key-${random.below(1_000_000)}` };
  });
}

/** One share of the load for each strike, which comes in the middle of it, and one for the end. */
async function publishUnderFire(parts: Parts, times: number, strike: () => Promise<void>): Promise<void> {
  const random = seededRandom(SEED + 1);
  const records = conversations();
  const share = Math.ceil(records.length / (times + 1));
  for (let start = 0; start < records.length; start += share) {
    await publish(parts, records.slice(start, start + share));
    if (start + share < records.length) {
      const wanted = start + random.below(share);
      await waitUntil(
        async () => (await settled(parts)) >= wanted,
        120_000,
        () => `nothing is settled: ${where(parts)}`,
        5,
      );
      await delay(random.below(200));
      await strike();
    }
  }
}

/** As a source does: what was not acknowledged is sent again. */
async function publish(parts: Parts, records: readonly InteractionRecord[]): Promise<void> {
  await waitUntil(
    () =>
      parts.log.publish(records).then(
        () => true,
        () => false,
      ),
    60_000,
    () => 'nothing can be published',
  );
}

async function startBuilder(parts: Parts): Promise<RunningApp> {
  const builder = await startApp('case-builder', parts.folder, parts.environment);
  await builder.ready();
  return builder;
}

async function settled({ pool }: Parts): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from interaction');
  return rows[0]?.count ?? 0;
}

/** Everything published is settled, and everything settled is told. */
async function untilRelayed(parts: Parts, atLeast = 0): Promise<void> {
  const isDone = async (): Promise<boolean> => {
    const { rows } = await parts.pool.query<{ waiting: number }>('select count(*)::int as waiting from outbox');
    return rows[0]?.waiting === 0 && (await settled(parts)) >= atLeast && (await lagOf(parts)) === 0;
  };
  await waitUntil(isDone, 120_000, () => `the work does not end: ${where(parts)}`, 100);
}

const where = ({ folder }: Parts): string => `see ${folder}/case-builder.log`;

async function expectOrder(parts: Parts): Promise<void> {
  const rows = await readFoundRows(parts.pool);
  const told = await readToldHistory(parts.log);
  const { cases, interactions, gapped, miscounted } = rows;
  expect({ cases, interactions, gapped, miscounted }).toEqual({
    cases: CONVERSATIONS,
    interactions: RECORDS,
    gapped: 0,
    miscounted: 0,
  });
  expect(outOfSequence(told)).toEqual([]);
  expect(told.brokenChains).toEqual([]);
  expect(told.afterLastEvent).toEqual(rows.states);
  expect(told.lastStates).toEqual(rows.states);
}
