import {
  type AccountSetup,
  type AssignmentRule,
  assignmentRulesOf,
  dryRunRules,
  lookupsOf,
  NO_NEEDS,
  type RuleDryRun,
  type Snapshot,
} from '#libs/case-domain';
import { findNames, loadCase, loadSnapshot, type Opening, type Queryable } from '#libs/case-store';
import { newId } from '#libs/interaction';

/** Rules that are compared: each list in its order. */
export interface ComparedRules {
  readonly before: readonly AssignmentRule[];
  readonly after: readonly AssignmentRule[];
}

/** As many as a batch of the case builder has. */
const PORTION = 100;

/** What rules would make of cases that were opened, in the order of the openings. Nothing is locked and nothing is written. */
export async function tryRules(
  client: Queryable,
  setup: AccountSetup,
  openings: readonly Opening[],
  compared: ComparedRules,
): Promise<RuleDryRun[]> {
  const rules = assignmentRulesOf([...compared.before, ...compared.after], setup.assignmentRules.hours);
  const problems = await loadProblems(client, setup.rules.id, rules.problemIds);
  const runs: RuleDryRun[] = [];
  for (let from = 0; from < openings.length; from += PORTION) {
    const interactions = openings.slice(from, from + PORTION).map(({ interaction }) => interaction);
    const found = await findNames(
      client,
      setup.rules.id,
      lookupsOf(interactions, setup.rules),
      setup.rules.calls,
      false,
    );
    const contacts = new Set([...found.identities.values()].map(({ contactId }) => contactId));
    const ruled = { ...setup, assignmentRules: rules };
    const snapshot = await loadSnapshot(client, ruled, found, { ...NO_NEEDS, contacts });
    problems.forEach((state, id) => snapshot.cases.set(id, state));
    const moment = { now: new Date().toISOString(), newId };
    runs.push(...interactions.map((interaction) => dryRunRules(interaction, compared, snapshot, moment)));
  }
  return runs;
}

async function loadProblems(client: Queryable, accountId: string, ids: readonly string[]): Promise<Snapshot['cases']> {
  const problems: Snapshot['cases'] = new Map();
  for (const id of ids) {
    const view = await loadCase(client, accountId, { by: 'id', id });
    if (view !== null) {
      problems.set(id, view.state);
    }
  }
  return problems;
}
