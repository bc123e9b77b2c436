import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyChange, fold, type CaseChange, type ShownCase } from '#libs/case-domain';
import { loadAnnouncedCases } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, type Interaction } from '#libs/interaction';
import { aMail } from '#libs/testing';
import { defaultAccountId } from '#libs/runtime';
import { aTeam, testBuilder, type TestBuilder } from './builder.js';
import { dataOf, outboxRecords, writtenRows } from './rows.js';

let builder: TestBuilder;
beforeEach(async () => {
  builder = await testBuilder(aTeam('round_robin', 'ana', 'ben', 'cleo'), 40);
});
afterEach(async () => builder.database.drop());

/** A conversation whose mails name only the mail that they answer, in any order of arrival. */
const conversation = fc
  .array(fc.nat(), { minLength: 2, maxLength: 9 })
  .chain((parents) =>
    fc
      .shuffledSubarray([...parents.keys(), parents.length], { minLength: parents.length + 1 })
      .map((order) => ({ parents, order })),
  );

function mailsOf(run: string, parents: readonly number[]): Interaction[] {
  const name = (index: number): string => `${run}-${index}@example.org`;
  const from = `writer-${run}@example.org`;
  const replies = parents.map((parent, index) => {
    return aMail({ messageId: name(index + 1), from, inReplyTo: name(parent % (index + 1)) });
  });
  return [aMail({ messageId: name(0), from }), ...replies];
}

interface Counts {
  readonly live: number;
  readonly cases: number;
  readonly rows: number;
  readonly counted: number;
}

async function countsOf(run: string): Promise<Counts | undefined> {
  const { rows } = await builder.database.pool.query<Counts>(
    `with mine as (
       select c.* from cases c
       join contact_identity i on i.account_id = c.account_id and i.contact_id = c.requester_id
       where i.value = $1
     )
     select
       (select count(*)::int from mine where merged_into_id is null) as live,
       (select count(*)::int from mine) as cases,
       (select count(*)::int from interaction i join mine m on m.id = i.case_id and m.merged_into_id is null) as rows,
       (select sum(interaction_count)::int from mine where merged_into_id is null) as counted`,
    [`writer-${run}@example.org`],
  );
  return rows[0];
}

/** I-12, I-18, 77: histories have no gap and fold to their rows; merged cases end in a live one and hold nothing. */
async function expectWhole(): Promise<void> {
  const { pool } = builder.database;
  const { rows } = await pool.query<{ case_id: string } & CaseChange & { readonly seq: number }>(
    'select case_id, seq, kind, actor, changes, details from case_event order by case_id, seq',
  );
  const histories = new Map<string, (CaseChange & { readonly seq: number })[]>();
  rows.forEach((row) => histories.set(row.case_id, [...(histories.get(row.case_id) ?? []), row]));
  const shown = await loadAnnouncedCases(pool, defaultAccountId, [...histories.keys()]);
  for (const { state } of shown) {
    const history = histories.get(state.id) ?? [];
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
    expect(fold(history)).toEqual(state);
  }
  const astray = await pool.query(`
    select c.id from cases c
    left join cases main on main.account_id = c.account_id and main.id = c.merged_into_id
    where c.merged_into_id is not null and (main.id is null or c.interaction_count <> 0 or c.closed_reason <> 'merged')`);
  expect(astray.rowCount).toBe(0);
  const links = await pool.query(`
    select from cases c
    left join case_link l on l.account_id = c.account_id and l.from_case_id = c.id and l.kind = 'merged'
    where (l.to_case_id is null) <> (c.merged_into_id is null)`);
  expect(links.rowCount).toBe(0);
}

/** 76: what the topics will be told is what the rows say. */
async function expectTold(): Promise<void> {
  const { pool } = builder.database;
  const states = await outboxRecords(pool, CASE_STATE_TOPIC);
  const { rows } = await pool.query<{ id: string; version: number; merged_into_id: string | null }>(
    'select id, version, merged_into_id from cases',
  );
  const told = new Map(states.map((record) => [record.key, dataOf(record)]));
  expect(told.size).toBe(rows.length);
  rows.forEach(({ id, ...row }) => expect(told.get(id)).toMatchObject(row));
  const events = await outboxRecords(pool, CASE_EVENTS_TOPIC);
  expect(new Set(events.map(({ headers }) => headers['ce_id'])).size).toBe(events.length);
}

describe('a conversation whose mails name only their parent', () => {
  it('ends in one case, in whatever order and batches it comes', async () => {
    let [run, merged] = [0, 0];
    await fc.assert(
      fc.asyncProperty(conversation, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }), async (told, cuts) => {
        const name = `cut${(run += 1)}`;
        const mails = mailsOf(name, told.parents);
        const arriving = told.order.map((index) => mails[index]!);
        for (let [at, cut] = [0, 0]; at < arriving.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1;
          await builder.handle(arriving.slice(at, at + size), { offset: run * 1000 + at });
          at += size;
        }
        const counts = await countsOf(name);
        expect(counts).toMatchObject({ live: 1, rows: mails.length, counted: mails.length });
        merged += (counts?.cases ?? 0) - 1;
      }),
      { numRuns: 40 },
    );
    expect(merged).toBeGreaterThan(10);
    await expectWhole();
    await expectTold();
  });

  it('ends in one case when all of its batches come at the same time', async () => {
    let run = 0;
    const lanes = fc.array(fc.nat(3), { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(conversation, lanes, async (told, places) => {
        const name = `race${(run += 1)}`;
        const mails = mailsOf(name, told.parents);
        const arriving = told.order.map((index) => mails[index]!);
        const parts = [0, 1, 2, 3].map((lane) => arriving.filter((_, index) => places[index] === lane));
        await Promise.all(
          parts
            .filter((part) => part.length > 0)
            .map((part, partition) => builder.handle(part, { partition, offset: run * 1000 })),
        );
        expect(await countsOf(name)).toMatchObject({ live: 1, rows: mails.length, counted: mails.length });
      }),
      { numRuns: 25 },
    );
    await expectWhole();
  });

  it('I-14 stays as it is when everything comes again', async () => {
    const { pool } = builder.database;
    const [root, middle, last] = mailsOf('again', [0, 1]) as [Interaction, Interaction, Interaction];
    await builder.handle([last]);
    await builder.handle([root], { offset: 10 });
    await builder.handle([middle], { offset: 20 });
    expect(await countsOf('again')).toMatchObject({ live: 1, cases: 2, rows: 3 });
    const before = await writtenRows(pool);
    await builder.handle([middle, last, root], { offset: 30 });
    expect(await writtenRows(pool)).toEqual(before);
  });

  it('stays two cases when a person worked on one of them, and both say so', async () => {
    const { pool } = builder.database;
    const [root, middle, last] = mailsOf('edited', [0, 1]) as [Interaction, Interaction, Interaction];
    await builder.handle([root, last]);
    await editByHand(await caseOf(last));
    await builder.handle([middle], { offset: 10 });
    expect(await countsOf('edited')).toMatchObject({ live: 2, rows: 3, counted: 3 });
    const { rows } = await pool.query(`select case_id from case_event where kind = 'threading_conflict'`);
    expect(rows).toEqual([{ case_id: await caseOf(root) }]);
  });

  async function caseOf({ id }: Interaction): Promise<string> {
    const { rows } = await builder.database.pool.query<{ case_id: string }>(
      'select case_id from interaction where id = $1',
      [id],
    );
    return rows[0]?.case_id ?? '';
  }

  async function editByHand(caseId: string): Promise<void> {
    const { pool } = builder.database;
    const [{ state }] = (await loadAnnouncedCases(pool, defaultAccountId, [caseId])) as [ShownCase];
    const changes = [{ field: 'version', from: state.version, to: state.version + 1 }] as const;
    const at = new Date().toISOString();
    const cause = { actor: { kind: 'agent', id: null }, interactionId: null, at, occurredAt: at, details: {} } as const;
    const edited = applyChange(state, { kind: 'assigned', changes, ...cause });
    await pool.query('update cases set version = $2 where id = $1', [caseId, edited.version]);
    await pool.query(
      `insert into case_event (account_id, case_id, seq, id, kind, occurred_at, recorded_at, actor, changes)
       values ($1, $2, $3, gen_random_uuid(), 'assigned', now(), now(), '{"kind":"agent","id":null}', $4)`,
      [defaultAccountId, caseId, edited.version, JSON.stringify(changes)],
    );
  }
});
