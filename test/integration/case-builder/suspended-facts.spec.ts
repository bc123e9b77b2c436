import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listSuspended, type OutboxRecord, QUARANTINE_STATES } from '#libs/case-store';
import { DECIDED_TOPIC } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aToyCall, aToyNote, toyInteractionId } from '../../facts/toy-calls.js';
import type { ToyBegun, ToyFact } from '../../facts/toy-call.js';
import { sayWord } from '../../say-word.js';
import { aTeam, type TestBuilder } from './builder.js';
import { emptyTables, factsBuilder, storyOf, takeTold, tell, verbsOf } from './facts-world.js';
import { allCases, dataOf } from './rows.js';

let builder: TestBuilder;
beforeAll(async () => {
  builder = await factsBuilder(aTeam('round_robin', 'ana'));
});
afterAll(() => builder.database.drop());
beforeEach(async () => {
  await rows(`update account set unverified = 'accept'`);
  await emptyTables(builder.database.pool);
});

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await builder.database.pool.query<Row>(text, values)).rows;
}

const take = (): Promise<OutboxRecord[]> => takeTold(builder.database.pool);
const say = (callId: string, change: 'released' | 'rejected') =>
  sayWord(builder.dependencies.ledger, toyInteractionId(callId), change);

/** It claims to be an agent's, and the proof of that failed. */
const SPOOFED = { from: 'ana@acme.example', proof: 'fail' } as const;
const aSpoof = (callId: string, more: Partial<ToyBegun> = {}): ToyFact[] => aToyCall(callId, { ...SPOOFED, ...more });

/** What waits or waited, as an operator sees it. */
async function shown(): Promise<unknown[]> {
  const states = [...QUARANTINE_STATES];
  const page = { limit: 10, before: null };
  const seen = await listSuspended(builder.database.pool, defaultAccountId, { states, reasons: null }, page);
  return seen.map(({ reason, state, outcome, interaction: { flags } }) => ({ reason, state, outcome, flags }));
}

const DECIDED = `select outcome, revision, payload -> 'flags' as flags, case_id is null as caseless from interaction`;

describe('a suspended call', () => {
  it('takes facts and moves nothing, waits as it is known by now, and is told once', async () => {
    await tell(builder, aSpoof('spoof'));
    const before = await rows('select * from quarantine');
    expect(before).toMatchObject([{ reason: 'spoofed_sender', state: 'waiting' }]);
    expect(verbsOf(await take())).toEqual(['suspended']);
    expect(await shown()).toEqual([{ reason: 'spoofed_sender', state: 'waiting', outcome: 'suspended', flags: [] }]);
    await tell(builder, [aToyNote('spoof')]);
    expect(await rows(DECIDED)).toEqual([{ outcome: 'suspended', revision: 2, flags: ['noted'], caseless: true }]);
    expect(await rows('select * from quarantine')).toEqual(before);
    expect(await rows('select id from cases union all select id from contact')).toEqual([]);
    expect(await rows('select value from thread_key')).toEqual([]);
    // Whoever is to say what becomes of it sees what was told since; what was decided of it is as it was.
    expect(await shown()).toEqual([
      { reason: 'spoofed_sender', state: 'waiting', outcome: 'suspended', flags: ['noted'] },
    ]);
    expect(await take()).toEqual([]);
  });

  it('waits when it goes on first, and facts that prove it otherwise let it go', async () => {
    const [begun, answered, ended] = aSpoof('spoof');
    const proven = { ...SPOOFED, proof: 'pass', at: '2026-03-02T09:00:30.000Z' } as const;
    await tell(
      builder,
      [begun, answered].filter((fact) => fact !== undefined),
    );
    await tell(builder, [aToyCall('spoof', proven)[0], ...(ended === undefined ? [] : [ended])]);
    expect(await rows(DECIDED)).toEqual([{ outcome: 'created', revision: 2, flags: [], caseless: false }]);
    expect(await rows('select * from quarantine')).toEqual([]);
  });

  it('is decided by its release, on what was folded by then', async () => {
    await rows(`update account set unverified = 'quarantine'`);
    await tell(builder, aToyCall('doubted', { from: '+351911111111', proof: 'fail' }));
    await tell(builder, [aToyNote('doubted')]);
    expect(await rows('select reason from quarantine')).toEqual([{ reason: 'unverified_sender' }]);
    expect(await say('doubted', 'released')).toBe(true);
    expect(await rows(DECIDED)).toEqual([{ outcome: 'created', revision: 3, flags: ['noted'], caseless: false }]);
    expect(await allCases(builder.database.pool)).toMatchObject([{ interaction_count: 1, version: 1 }]);
    expect(verbsOf(await take()).sort()).toEqual(['applied', 'released', 'suspended']);
    await tell(builder, [aToyNote('doubted', 'After all.')]);
    expect(await allCases(builder.database.pool)).toMatchObject([{ interaction_count: 1, version: 1 }]);
    expect(await rows(DECIDED)).toEqual([{ outcome: 'created', revision: 4, flags: ['noted'], caseless: false }]);
    expect(await take()).toEqual([]);
  });

  it('ends the same when its release meets a fact, whoever comes first', async () => {
    const { pool } = builder.database;
    const released = async (race: (callId: string) => Promise<unknown>): Promise<unknown> => {
      await emptyTables(pool);
      await tell(builder, aSpoof('spoof'));
      await race('spoof');
      const told = await take();
      expect(verbsOf(told).filter((verb) => verb !== 'applied')).toEqual(['suspended', 'released']);
      return storyOf(pool, told);
    };
    const note = (callId: string) => tell(builder, [aToyNote(callId)]);
    const first = await released(async (callId) => note(callId).then(() => say(callId, 'released')));
    expect(await released(async (callId) => say(callId, 'released').then(() => note(callId)))).toEqual(first);
    for (let round = 0; round < 20; round += 1) {
      expect(await released((callId) => Promise.all([note(callId), say(callId, 'released')]))).toEqual(first);
    }
  });

  it('stays rejected once it is, and facts that come later are told nobody', async () => {
    await tell(builder, aSpoof('spoof'));
    expect(await say('spoof', 'rejected')).toBe(true);
    expect(verbsOf(await take())).toEqual(['suspended', 'rejected']);
    await tell(builder, [aToyNote('spoof')]);
    expect(await say('spoof', 'released')).toBe(false);
    expect(await rows(DECIDED)).toEqual([{ outcome: 'rejected', revision: 3, flags: ['noted'], caseless: true }]);
    expect(await rows('select id from cases')).toEqual([]);
    expect(await take()).toEqual([]);
  });

  it('tells its state last as its row has it', async () => {
    await tell(builder, aSpoof('spoof'));
    await tell(builder, [aToyNote('spoof')]);
    const told = await take();
    await say('spoof', 'rejected');
    told.push(...(await take()));
    await tell(builder, [aToyNote('spoof', 'Once more.')]);
    told.push(...(await take()));
    const last = told.filter(({ topic }) => topic === DECIDED_TOPIC).at(-1);
    const [row] = await rows<{ outcome: string; decided_at: Date }>('select outcome, decided_at from interaction');
    expect(dataOf(last)).toMatchObject({ outcome: row?.outcome, decided_at: row?.decided_at.toISOString() });
  });
});

describe('an erased call', () => {
  const erase = () =>
    rows(
      `update interaction set outcome = 'erased', payload = '{}', sender = '', subject = '', revision = revision + 1`,
    );

  it.each([
    ['that was decided', () => aToyCall('gone')],
    ['that went on', () => aToyCall('gone').slice(0, 2)],
    ['that waited for a person', () => aSpoof('gone')],
  ])('%s takes nothing, and no fact of it is noted', async (_, told) => {
    await tell(builder, told());
    await erase();
    await take();
    const before = await rows('select t::text from interaction t union all select t::text from fact t');
    await tell(builder, [aToyNote('gone'), aToyNote('gone', 'Again.')]);
    await tell(builder, aToyCall('gone'));
    expect(await rows('select t::text from interaction t union all select t::text from fact t')).toEqual(before);
    expect(await take()).toEqual([]);
    expect(await rows('select id from dead_letter')).toEqual([]);
    expect(await say('gone', 'released')).toBe(false);
    expect(await say('gone', 'rejected')).toBe(false);
  });

  it('takes nothing though a fact of it is being folded while it is erased', async () => {
    await tell(builder, aToyCall('gone'));
    await Promise.all([tell(builder, [aToyNote('gone')]), erase()]);
    expect(await rows('select outcome, payload::text as payload from interaction')).toEqual([
      { outcome: 'erased', payload: '{}' },
    ]);
  });
});
