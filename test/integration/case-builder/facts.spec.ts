import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutboxRecord } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, DECIDED_TOPIC, derivedEventId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aMail, aReference } from '#libs/testing';
import { aToyCall, aToyNote, toyInteractionId } from '../../facts/toy-calls.js';
import type { ToyFact } from '../../facts/toy-call.js';
import type { TestBuilder } from './builder.js';
import { asRecord, deliver, emptyTables, factsBuilder, storyOf, takeTold, tell, verbsOf } from './facts-world.js';
import { allCases, dataOf } from './rows.js';

let builder: TestBuilder;
beforeAll(async () => {
  builder = await factsBuilder();
});
afterAll(() => builder.database.drop());
beforeEach(() => emptyTables(builder.database.pool));

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await builder.database.pool.query<Row>(text, values)).rows;
}

const take = (): Promise<OutboxRecord[]> => takeTold(builder.database.pool);

/** A call of three facts, one that is noted twice, and one that goes on. */
const FACTS: readonly ToyFact[] = [
  ...aToyCall('plain'),
  ...aToyCall('noted'),
  aToyNote('noted'),
  aToyNote('noted', 'She did.'),
  ...aToyCall('open').slice(0, 2),
];

/** Every fact once and some again, in any order, each in one of two partitions, which are split anyhow. */
const tellings = fc.record({
  order: fc.array(fc.constantFrom(...FACTS), { maxLength: 6 }).chain((again) => {
    const all = [...FACTS, ...again];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  }),
  lanes: fc.array(fc.nat(1), { minLength: FACTS.length + 6, maxLength: FACTS.length + 6 }),
  sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
  /** After which batches the relay comes by. */
  relays: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
});
type Telling = typeof tellings extends fc.Arbitrary<infer T> ? T : never;

/** What was told at once, and the revisions of the rows as it was read. */
interface Told {
  readonly records: readonly OutboxRecord[];
  readonly revisions: ReadonlyMap<string, number>;
}

async function takeWithRevisions(): Promise<Told> {
  const client = await builder.database.pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    const found = await client.query<{ id: string; revision: number }>('select id, revision from interaction');
    const records = await takeTold(client);
    await client.query('commit');
    return { records, revisions: new Map(found.rows.map(({ id, revision }) => [id, revision])) };
  } finally {
    client.release();
  }
}

async function tellAll({ order, lanes, sizes, relays }: Telling): Promise<Told[]> {
  const told: Told[] = [];
  let relaying = Promise.resolve();
  const relay = (): Promise<void> => (relaying = relaying.then(async () => void told.push(await takeWithRevisions())));
  const parts = [0, 1].map((lane) => order.filter((_, index) => lanes[index] === lane));
  await Promise.all(
    parts.map(async (part, partition) => {
      for (let start = 0, batch = 0; start < part.length; batch += 1) {
        const size = sizes[batch % sizes.length] ?? 1;
        await tell(builder, part.slice(start, start + size), partition);
        start += size;
        await (relays[batch % relays.length] === true ? relay() : undefined);
      }
    }),
  );
  await relay();
  return told;
}

/** By `ce_id`: what was told under it. */
function wordings(told: readonly OutboxRecord[], topic: string): Map<string, Set<string>> {
  const byId = new Map<string, Set<string>>();
  for (const { headers, value } of told.filter((record) => record.topic === topic)) {
    const id = headers['ce_id'] ?? '';
    byId.set(id, (byId.get(id) ?? new Set()).add(String(value)));
  }
  return byId;
}

/** Under which ids calls were told, and under which the revisions of their rows were to be told then. */
function namesOf(told: readonly Told[]): { call: string; told: string | undefined; toTell: string }[] {
  return told.flatMap(({ records, revisions }) =>
    records
      .filter(({ topic }) => topic === DECIDED_TOPIC)
      .map(({ key, headers }) => {
        const call = key ?? '';
        const revision = revisions.get(call) ?? Number.NaN;
        const toTell = derivedEventId(call, 'applied', revision === 1 ? '' : revision.toString());
        return { call, told: headers['ce_id'], toTell };
      }),
  );
}

describe('facts about calls', () => {
  it('fold to the same rows and the same told state in any order and batching, on two partitions at once', async () => {
    const { pool } = builder.database;
    await tell(builder, FACTS);
    const expected = await storyOf(pool, await take());
    expect(await allCases(pool)).toMatchObject([{ interaction_count: 1 }, { interaction_count: 1 }]);
    await fc.assert(
      fc.asyncProperty(tellings, async (telling) => {
        await emptyTables(pool);
        const tellingOfRelay = await tellAll(telling);
        const told = tellingOfRelay.flatMap(({ records }) => records);
        expect(await storyOf(pool, told)).toEqual(expected);
        // An id is one message.
        for (const topic of [DECIDED_TOPIC, CASE_EVENTS_TOPIC]) {
          expect([...wordings(told, topic).values()].filter(({ size }) => size > 1)).toEqual([]);
        }
        // What was decided is told once, as the row has it then: facts that change nothing of it are not told.
        const names = namesOf(tellingOfRelay);
        expect(names.map(({ call }) => call).sort()).toEqual(['noted', 'plain'].map(toyInteractionId).sort());
        expect(names.filter(({ told: id, toTell }) => id !== toTell)).toEqual([]);
        expect(wordings(told, CASE_EVENTS_TOPIC).size).toBe(2);
      }),
      { numRuns: 40 },
    );
  });

  it('that go on are a row without a case, and are not told', async () => {
    await tell(builder, aToyCall('open').slice(0, 2));
    expect(await rows('select outcome, case_id, revision from interaction')).toEqual([
      { outcome: 'waiting', case_id: null, revision: 1 },
    ]);
    expect(await rows('select id from cases union all select id from contact')).toEqual([]);
    expect(await rows('select value from thread_key')).toEqual([]);
    expect(await take()).toEqual([]);
  });

  it('that come late revise what is known, and nothing else', async () => {
    await tell(builder, aToyCall('noted'));
    const before = await rows('select t::text from cases t union all select t::text from case_event t');
    await tell(builder, [aToyNote('noted')]);
    await tell(builder, [aToyNote('noted')]);
    expect(await rows('select t::text from cases t union all select t::text from case_event t')).toEqual(before);
    expect(await rows(`select revision, payload -> 'flags' as flags from interaction`)).toEqual([
      { revision: 2, flags: ['noted'] },
    ]);
    // The relay has not been there before: an overtaken revision is not told.
    expect(verbsOf(await take())).toEqual(['applied']);
    // Nor is one that changes nothing of what was decided.
    await tell(builder, [aToyNote('noted', 'And again.')]);
    expect(await rows('select revision from interaction')).toEqual([{ revision: 3 }]);
    expect(await take()).toEqual([]);
  });

  it('are written off where they cannot be read or have no account, and their neighbours go on', async () => {
    const unknown = 'b9c4e6de-2d5e-5d0c-8f4b-4a8a6c1f9f11';
    const unreadable = { ...asRecord(aToyNote('plain')), value: Buffer.from('{"part":"hummed"}') };
    const foreign = asRecord(aToyNote('plain', 'Who is it?', unknown));
    const [begun, answered, ended] = aToyCall('plain').map((fact) => asRecord(fact));
    await builder.handleRecords([begun, unreadable, answered, foreign, ended].filter((one) => one !== undefined));
    expect(await rows('select reason, stage, error_class, account_id from dead_letter order by reason')).toEqual([
      { reason: 'invalid', stage: 'decode', error_class: 'InvalidFact', account_id: defaultAccountId },
      { reason: 'unknown-account', stage: 'decide', error_class: 'UnknownAccount', account_id: unknown },
    ]);
    expect(await allCases(builder.database.pool)).toMatchObject([{ interaction_count: 1 }]);
    expect(await rows('select id from fact')).toHaveLength(3);
  });

  it('that come after a merge leave their call in the case that took it in', async () => {
    const from = 'carol@example.org';
    await deliver(builder, [aMail({ messageId: 'first@example.org', from })]);
    await tell(builder, aToyCall('plain', { from, rootCallId: 'root' }));
    const link = aMail({ messageId: 'link@example.org', from, inReplyTo: 'first@example.org' });
    const references = [...link.references, { ...aReference('references', 'root'), kind: 'call_id' as const }];
    await deliver(builder, [{ ...link, references }]);
    const cases = await allCases(builder.database.pool);
    expect(cases).toMatchObject([{ interaction_count: 3 }, { interaction_count: 0, closed: true }]);
    await tell(builder, [aToyNote('plain')]);
    expect(await rows(`select case_id, revision from interaction where channel = 'call'`)).toEqual([
      { case_id: cases[0]?.id, revision: 2 },
    ]);
    expect(await allCases(builder.database.pool)).toEqual(cases);
    const decided = (await take()).filter(
      ({ key, topic }) => topic === DECIDED_TOPIC && key === toyInteractionId('plain'),
    );
    expect(decided.map((record) => dataOf(record)['case_id'])).toEqual([cases[0]?.id]);
  });
});
