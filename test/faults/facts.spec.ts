import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { testKafka, waitUntil } from '#libs/testing';
import type { ToyFact } from '../facts/toy-call.js';
import { aToyCall, aToyNote, toyInteractionId } from '../facts/toy-calls.js';
import { TOY_FOLD, TOY_TOPIC, toyFactId, toyRecord } from '../facts/toy-fold.js';
import { readCallRows, readToldRevisions } from './found-calls.js';
import { readFoundRows } from './found-rows.js';
import { lagOf } from './killer.js';
import { startParts, type Parts } from './parts.js';
import { startProgram, type RunningApp } from './processes.js';
import { seededRandom } from './random.js';
import { outOfSequence, readToldHistory } from './told-history.js';

const isLong = process.env['CASEWRIGHT_LONG_FAULTS'] === '1';
const CALLS = isLong ? 10_000 : 1_000;
const KILLS = isLong ? 12 : 4;
/** Every so many calls go on to the end of the run. */
const OPEN_EVERY = 20;
const SEED = 29;
const logs = testKafka() === null ? (['embedded'] as const) : (['embedded', 'kafka'] as const);

describe('facts about calls, shuffled, repeated and in all partitions, while builders are killed', () => {
  it.each(logs)(
    'fold into one interaction and one case each, on the %s log',
    async (kind) => {
      const parts = await startParts(kind, 'manual');
      const builders: RunningApp[] = [];
      try {
        builders.push(await startBuilder(parts), await startBuilder(parts));
        const calls = plannedCalls();
        const lagAtKill = await publishUnderFire(parts, shuffledTelling(calls), builders);
        expect(lagAtKill.some((lag) => lag > 0)).toBe(true);
        await untilRelayed(parts);
        await expectRows(parts, calls);
        await expectTold(parts);
      } finally {
        await Promise.all(builders.map((builder) => builder.kill('SIGKILL')));
        await parts.stop({ keep: false });
      }
    },
    isLong ? 900_000 : 240_000,
  );
});

/** By interaction: all facts there are about it. */
function plannedCalls(): Map<string, readonly ToyFact[]> {
  const random = seededRandom(SEED);
  return new Map(
    Array.from({ length: CALLS }, (_, index): [string, readonly ToyFact[]] => {
      const callId = `call-${index}`;
      const [begun, answered, ended] = aToyCall(callId);
      const notes = Array.from({ length: random.below(3) }, (_note, nth) => aToyNote(callId, `Note ${nth}.`));
      return [toyInteractionId(callId), [begun, answered, ...(isOpen(index) ? [] : [ended]), ...notes]];
    }),
  );
}

const isOpen = (index: number): boolean => index % OPEN_EVERY === 0;

/** Every fact, one in five of them again, in any order. */
function shuffledTelling(calls: ReadonlyMap<string, readonly ToyFact[]>): ToyFact[] {
  const random = seededRandom(SEED + 1);
  const facts = [...calls.values()].flat();
  const told = [...facts, ...facts.filter(() => random.below(5) === 0)];
  for (let index = told.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [told[index], told[other]] = [told[other] as ToyFact, told[index] as ToyFact];
  }
  return told;
}

/**
 * One share of the facts for each kill, which comes in the middle of it, and one for the end. Resolves with how many
 * records waited unread at each kill.
 */
async function publishUnderFire(
  parts: Parts,
  facts: readonly ToyFact[],
  builders: RunningApp[],
): Promise<readonly number[]> {
  const random = seededRandom(SEED + 2);
  const lagAtKill: number[] = [];
  const share = Math.ceil(facts.length / (KILLS + 1));
  for (let start = 0; start < facts.length; start += share) {
    // The key is by chance, so the facts of one call are in several partitions.
    const records = facts.slice(start, start + share).map((fact) => toyRecord(fact, `key-${random.below(1_000_000)}`));
    const before = await countFacts(parts);
    await parts.log.publish(records);
    if (start + share < facts.length) {
      await waitUntil(
        async () => (await countFacts(parts)) >= before + share / 4,
        60_000,
        () => `nothing is folded: ${where(parts)}`,
        5,
      );
      await delay(random.below(100));
      lagAtKill.push(await lagOf(parts, TOY_TOPIC));
      await builders.shift()?.kill('SIGKILL');
      builders.push(await startBuilder(parts));
    }
  }
  return lagAtKill;
}

async function startBuilder(parts: Parts): Promise<RunningApp> {
  const program = { name: 'case-builder', file: 'test/faults/case-builder-with-facts.js' };
  const builder = await startProgram(program, parts.folder, parts.environment);
  await builder.ready();
  return builder;
}

async function countFacts({ pool }: Parts): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from fact');
  return rows[0]?.count ?? 0;
}

/** Everything published is folded, and everything decided is told. */
async function untilRelayed(parts: Parts): Promise<void> {
  const isDone = async (): Promise<boolean> => {
    const { rows } = await parts.pool.query<{ waiting: number }>('select count(*)::int as waiting from outbox');
    return (await lagOf(parts, TOY_TOPIC)) === 0 && rows[0]?.waiting === 0;
  };
  await waitUntil(isDone, 300_000, () => `the work does not end: ${where(parts)}`, 100);
}

const where = ({ folder }: Parts): string => `see ${folder}/case-builder.log`;

async function expectRows({ pool }: Parts, calls: ReadonlyMap<string, readonly ToyFact[]>): Promise<void> {
  const found = await readFoundRows(pool);
  const { cases, interactions, contacts, applied, gapped, miscounted, deadLetterKeys } = found;
  const decided = CALLS - CALLS / OPEN_EVERY;
  expect({ cases, interactions, contacts, applied, gapped, miscounted, deadLetterKeys }).toEqual({
    cases: decided,
    interactions: CALLS,
    contacts: decided,
    applied: decided,
    gapped: 0,
    miscounted: 0,
    deadLetterKeys: [],
  });
  const { rows } = await pool.query<{ id: string }>('select id from fact order by id');
  expect(rows.map(({ id }) => id)).toEqual([...calls.values()].flat().map(toyFactId).sort());
  const shared = await pool.query('select from cases where interaction_count <> 1 or version <> 1');
  expect(shared.rowCount).toBe(0);
  const callRows = await readCallRows(pool);
  const wrong = [...calls].filter(([id, facts]) => {
    const { interaction, waits } = TOY_FOLD.fold(null, facts);
    const row = callRows.get(id);
    return row?.outcome !== (waits ? 'waiting' : 'created') || !sameJson(row.payload, interaction);
  });
  expect(wrong).toEqual([]);
}

async function expectTold({ log, pool }: Parts): Promise<void> {
  const rows = await readCallRows(pool);
  const told = await readToldRevisions(log, rows);
  const waiting = [...rows.values()].filter(({ outcome }) => outcome === 'waiting');
  expect(waiting.filter(({ id }) => told.has(id))).toEqual([]);
  expect(told.size).toBe(rows.size - waiting.length);
  const wrong = [...told].filter(([id, revisions]) => {
    const numbers = revisions.map(({ revision }) => revision ?? Number.NaN);
    const ascending = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? Infinity));
    return !ascending || numbers.some(Number.isNaN) || revisions.at(-1)?.told !== rows.get(id)?.told;
  });
  expect(wrong).toEqual([]);
  const history = await readToldHistory(log);
  const { states } = await readFoundRows(pool);
  expect([outOfSequence(history), history.brokenChains]).toEqual([[], []]);
  expect(history.lastStates).toEqual(states);
  expect(history.afterLastEvent).toEqual(states);
}

function sameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** With the members of every object in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
