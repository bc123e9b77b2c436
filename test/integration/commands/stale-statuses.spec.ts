import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { CaseCommand } from '#libs/case-domain';
import { type CommandAnswer, type LedgerDependencies, openLedger, settle } from '#libs/case-ledger';
import { AccountDirectory, insertStatus, lockStatuses } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { transaction } from '#libs/postgres';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { aCreation, agentIdOf, aMail, anUpdate, byId } from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

/** Two processes: one changes statuses, and this one still believes what it read before. */
let world: CommandWorld;
let believing: LedgerDependencies;
let statusId: string;
let caseId: string;
beforeAll(async () => {
  world = await aCommandWorld();
});
beforeEach(async () => {
  const { pool } = world.database;
  believing = openLedger(pool, new Metrics(), { directory: new AccountDirectory(60_000) });
  statusId = newId();
  const labels = { key: `lab_${statusId.slice(-6)}`, agentLabel: 'With the lab', requesterLabel: 'Open' };
  const row = { id: statusId, ...labels, category: 'open', position: 1, isDefault: false, active: true } as const;
  await insertStatus(pool, defaultAccountId, row);
  caseId = (await world.done(aCreation({ assigneeId: byId(agentIdOf('ana@acme.example')) }))).id;
  await believe(anUpdate(caseId, { priority: 'low' }));
});
afterAll(() => world.database.drop());

async function believe(command: CaseCommand): Promise<CommandAnswer | undefined> {
  const [settled] = await settle(believing, [{ accountId: defaultAccountId, inputs: [{ kind: 'command', command }] }]);
  return settled?.known === true ? settled.answers.get(0) : undefined;
}
const move = () => believe(anUpdate(caseId, { statusId: byId(statusId) }));
const deactivate = 'update case_status set active = false where id = $1';

it('a status that somebody has just deactivated is given to no case', async () => {
  await world.rows(deactivate, [statusId]);
  expect(await move()).toMatchObject({ outcome: 'refused', faults: [{ code: 'status-not-available' }] });
  expect((await world.state(caseId)).statusId).not.toBe(statusId);
});

it('a status that somebody is about to deactivate is waited for', async () => {
  const moved = await transaction(world.database.pool, async (client) => {
    await lockStatuses(client, defaultAccountId);
    await client.query(deactivate, [statusId]);
    const moving = move();
    const waiting = `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    while ((await world.rows<{ n: number }>(waiting))[0]?.n === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return { moving };
  });
  expect(await moved.moving).toMatchObject({ outcome: 'refused' });
});

it('a mail that opens a case gives it the default of now', async () => {
  const [former] = await world.rows<{ id: string }>(
    `update case_status set is_default = false, active = false where category = 'new' and is_default returning id`,
  );
  const id = newId();
  const labels = { key: 'unread', agentLabel: 'Unread', requesterLabel: 'New' };
  const row = { id, ...labels, category: 'new', position: 2, isDefault: true, active: true } as const;
  await insertStatus(world.database.pool, defaultAccountId, row);
  const mail = aMail({ messageId: 'stale@example.org', from: 'una@example.org' });
  const input = { kind: 'interaction', interaction: mail, payload: Buffer.from(JSON.stringify(mail)) } as const;
  await settle(believing, [{ accountId: defaultAccountId, inputs: [input] }]);
  const opened = await world.rows('select status_id from cases where origin_interaction_id = $1', [mail.id]);
  expect([opened, former?.id === id]).toEqual([[{ status_id: id }], false]);
});
