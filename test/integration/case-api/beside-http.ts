import { LEDGER, type LedgerDependencies, openLedger, settle } from '#libs/case-ledger';
import type { Interaction } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { closeDueCases } from '../../../apps/case-builder/src/timers/auto-close.js';
import { OUR_ACCOUNT } from './identities.js';
import type { World } from './world.js';

const DAY = 24 * 60 * 60 * 1000;
const signal = new AbortController().signal;

/** The ledger that the API itself writes through. */
export function ledgerOf(world: World): LedgerDependencies {
  return world.application.get<LedgerDependencies>(LEDGER, { strict: false });
}

/** Settles mails as case-builder does with what a topic holds, one after another; their cases. */
export async function receive(world: World, ...mails: readonly Interaction[]): Promise<string[]> {
  const { pool } = world.database;
  const caseIds: string[] = [];
  for (const interaction of mails) {
    const payload = Buffer.from(JSON.stringify(interaction));
    const inputs = [{ kind: 'interaction', interaction, payload } as const];
    await settle(ledgerOf(world), [{ accountId: OUR_ACCOUNT, inputs }]);
    const { rows } = await pool.query<{ id: string }>('select case_id as id from interaction where id = $1', [
      interaction.id,
    ]);
    caseIds.push(rows[0]?.id ?? '');
  }
  return caseIds;
}

/** Runs the timer that closes, so many days and milliseconds after an instant; how many it closed. */
export function closeAfter(world: World, instant: string, days: number, milliseconds = 0): Promise<number> {
  const now = new Date(Date.parse(instant) + days * DAY + milliseconds);
  return closeDueCases(openLedger(world.database.pool, new Metrics(), { now: () => now }), signal);
}

/** Changes settings of our account in SQL, as the configuration does at boot. */
export async function setAccount(world: World, assignments: string): Promise<void> {
  await world.database.pool.query(`update account set ${assignments} where id = $1`, [OUR_ACCOUNT]);
  ledgerOf(world).directory.invalidate(OUR_ACCOUNT);
}
