import type { CaseCommand, CaseState } from '#libs/case-domain';
import { type CommandAnswer, type LedgerDependencies, openLedger, settle } from '#libs/case-ledger';
import { declareConfiguration, loadCase } from '#libs/case-store';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { aDeclaration, aDeclaredAgent, aDeclaredGroup, testDatabase, type TestDatabase } from '#libs/testing';

/** An account with two agents, and its ledger. */
export interface CommandWorld {
  readonly database: TestDatabase;
  readonly ledger: LedgerDependencies;
  readonly metrics: Metrics;
  /** Settles the commands together, as one transaction. */
  settle(...commands: CaseCommand[]): Promise<CommandAnswer[]>;
  /** Settles one that is carried out; the case after it. */
  done(command: CaseCommand): Promise<CaseState>;
  state(caseId: string): Promise<CaseState>;
  rows<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
}

export async function aCommandWorld(strategy: 'manual' | 'round_robin' = 'manual'): Promise<CommandWorld> {
  const database = await testDatabase({ max: 20 });
  const agents = ['ana', 'ben'].map((name) => aDeclaredAgent(`${name}@acme.example`, name));
  await declareConfiguration(database.pool, aDeclaration({ groups: [aDeclaredGroup('Support', strategy)], agents }));
  const metrics = new Metrics();
  const ledger = openLedger(database.pool, metrics);
  const settleAll = async (...commands: CaseCommand[]): Promise<CommandAnswer[]> => {
    const inputs = commands.map((command) => ({ kind: 'command', command }) as const);
    const [settled] = await settle(ledger, [{ accountId: defaultAccountId, inputs }]);
    return settled?.known === true ? inputs.flatMap((_, place) => settled.answers.get(place) ?? []) : [];
  };
  const state = async (caseId: string): Promise<CaseState> => {
    const view = await loadCase(database.pool, defaultAccountId, { by: 'id', id: caseId });
    if (view === null) {
      throw new Error(`no case ${caseId}`);
    }
    return view.state;
  };
  return {
    database,
    ledger,
    metrics,
    settle: settleAll,
    state,
    done: async (command) => {
      const [answer] = await settleAll(command);
      if (answer === undefined || answer.outcome === 'refused') {
        throw new Error(`not carried out: ${JSON.stringify(answer)}`);
      }
      return state(answer.caseId ?? '');
    },
    rows: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await database.pool.query<Row>(text, values)).rows,
  };
}
