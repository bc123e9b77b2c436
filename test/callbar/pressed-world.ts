import { CALL_FOLD, type CaseCommand, type FoldKind, VOICEMAIL_FOLD } from '#libs/case-domain';
import { type FactInput, type Input, openLedger, settle } from '#libs/case-ledger';
import { AccountDirectory, CASE_STORE_MIGRATIONS, declareConfiguration } from '#libs/case-store';
import { type CallBarEvent, type CallFact, callOfEvent, type VoicemailFact } from '#libs/interaction';
import { migrate } from '#libs/postgres';
import { Metrics } from '#libs/runtime';
import { ACCOUNT_ID, testDatabase } from '#libs/testing';
import { tellDueCallbacks } from '../../apps/case-builder/src/callbar/due-callbacks.js';
import { wakeCalls, wakeWaitingCalls } from '../../apps/case-builder/src/callbar/wake-calls.js';
import { ACME } from '../e2e/acme.js';
import { readTables, type Tables } from '../e2e/tables.js';

type Told = CallFact | VoicemailFact;

/** What became of an event, as its row says it. */
export interface PressedLine {
  readonly state: string;
  readonly reason: string | null;
  readonly case_id: string | null;
  readonly created: boolean;
}

/** Facts and what agents press, settled on a real database without a log between. */
export interface PressedWorld extends Tables {
  /** In one transaction each; what waited for the facts takes effect, as after a batch of them. */
  tells(...facts: Told[]): Promise<void>;
  presses(...events: CallBarEvent[]): Promise<readonly string[]>;
  /** As a person does over the API; how each ended. */
  asks(...commands: CaseCommand[]): Promise<readonly string[]>;
  lineOf(event: CallBarEvent): Promise<PressedLine | undefined>;
  comments(): Promise<{ case_id: string; body_text: string; public: boolean }[]>;
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** One run of the timers. */
  timers(): Promise<void>;
  setNow(instant: string): void;
  stop(): Promise<void>;
}

const FOLDS: Readonly<Record<Told['channel'], FoldKind>> = { call: CALL_FOLD, voicemail: VOICEMAIL_FOLD };
const signal = new AbortController().signal;

export async function openPressedWorld(): Promise<PressedWorld> {
  const database = await testDatabase();
  const { pool } = database;
  await migrate(pool, CASE_STORE_MIGRATIONS);
  await declareConfiguration(pool, ACME);
  let now = '2026-03-02T10:20:00.000Z';
  const ledger = openLedger(pool, new Metrics(), { directory: new AccountDirectory(0), now: () => new Date(now) });
  const tables = readTables(pool);
  const settled = async (inputs: readonly Input[]): Promise<readonly string[]> => {
    const settlements = await settle(ledger, [{ accountId: ACCOUNT_ID, inputs }]);
    return settlements.flatMap((one) => (one.known ? one.endings : []));
  };
  const query: PressedWorld['query'] = async <Row>(text: string, values: unknown[] = []) =>
    (await pool.query(text, values)).rows as Row[];
  return {
    ...tables,
    query,
    async tells(...facts) {
      const inputs = facts.map(inputOf);
      await settled(inputs);
      await wakeCalls(ledger, new Map([[ACCOUNT_ID, inputs.map(({ fact }) => fact.interactionId)]]), signal);
    },
    presses: (...events) =>
      settled(events.map((event) => ({ kind: 'callbar', callId: callOfEvent(event), event }) as const)),
    asks: async (...commands) => {
      const endings: string[] = [];
      for (const command of commands) {
        endings.push(...(await settled([{ kind: 'command', command }])));
      }
      return endings;
    },
    async lineOf({ id }) {
      const rows = await query<PressedLine>('select state, reason, case_id, created from callbar_event where id = $1', [
        id,
      ]);
      return rows[0];
    },
    comments: () => query('select case_id, body_text, public from comment order by body_text, case_id'),
    async timers() {
      await wakeWaitingCalls(ledger, signal);
      await tellDueCallbacks(ledger, signal);
    },
    setNow: (instant) => void (now = instant),
    async clear() {
      await tables.clear();
      now = '2026-03-02T10:20:00.000Z';
    },
    stop: () => database.drop(),
  };
}

function inputOf(told: Told): FactInput {
  const fold = FOLDS[told.channel];
  const parsed = fold.parse(Buffer.from(JSON.stringify(told)));
  if (!parsed.ok) {
    throw new Error(parsed.detail);
  }
  return { kind: 'fact', fold, fact: parsed.fact };
}
