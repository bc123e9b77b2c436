import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { recordsOf } from '#libs/case-ledger';
import { type OutboxRecord, readOutbox } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC } from '#libs/interaction';
import { aCreation, aLegalHold, anUpdate } from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
});
afterAll(() => world.database.drop());

interface Told {
  readonly case: { readonly version: number; readonly legal_hold: boolean };
}
const toldIn = (records: readonly OutboxRecord[]): [number, boolean][] =>
  records
    .filter(({ topic }) => topic === CASE_EVENTS_TOPIC)
    .map(({ value }) => (JSON.parse(String(value)) as Told).case)
    .map(({ version, legal_hold }) => [version, legal_hold]);

it('each record says whether the case was on hold right then, however late it is told', async () => {
  const { id } = await world.done(aCreation());
  await world.done(aLegalHold(id));
  await world.done(anUpdate(id, { priority: 'low' }));
  await world.done(aLegalHold(id, { on: false }));
  await world.done(aLegalHold(id));
  const rows = await world.rows<{ id: string }>('select id from outbox order by id');
  const tell = async (...entries: { readonly id: string }[]) => {
    const { pool } = world.database;
    return recordsOf(
      pool,
      await readOutbox(
        pool,
        entries.map((row) => row.id),
      ),
    );
  };
  const all = await tell(...rows);
  expect(toldIn(all)).toEqual([
    [1, false],
    [2, true],
    [3, true],
    [4, false],
    [5, true],
  ]);
  const state = all.find(({ topic }) => topic === CASE_STATE_TOPIC);
  expect(JSON.parse(String(state?.value))).toMatchObject({ version: 5, legal_hold: true });
  // By themselves, from the history alone.
  expect(toldIn(await tell(rows[2]!))).toEqual([[3, true]]);
  expect(toldIn(await tell(rows[3]!))).toEqual([[4, false]]);
});
