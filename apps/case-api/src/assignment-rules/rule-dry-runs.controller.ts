import { Inject } from '@nestjs/common';
import type { AssignmentRule } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { type AssignmentRuleView, findRuleNames, listAssignmentRules, listOpenings } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { demandScope } from '../access/demand-scope.js';
import { objectOf } from '../body/collections.js';
import { checked, described, type Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { integer, line, uuid } from '../body/values.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CommandRoute } from '../routes/routes.js';
import { Writes } from '../writing/writes.js';
import { RULE_PARTS } from './assignment-rule-body.js';
import { readParts } from './assignment-rule-changes.js';
import { RuleDryRunResource, ruledInteractionOf } from './dry-run.resource.js';
import { type ComparedRules, tryRules } from './try-rules.js';

const MOST_TRIED = 500;
const USUALLY_TRIED = 100;

const since = checked(line({ max: 40 }), (text, place) =>
  /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))
    ? new Date(text).toISOString()
    : place.refuse('Must be an instant, such as 2026-03-02T00:00:00Z.'),
);
const DRAFT = {
  name: line({ max: 100 }),
  position: described(integer({ min: 0, max: 1_000_000 }), 'Where it would stand; the last unless told.'),
  ...RULE_PARTS,
};
const DRY_RUN = {
  rule: described(
    objectOf(DRAFT),
    'One that is not stored: it is tried beside the active ones, and compared with them.',
  ),
  rule_id: described(uuid(), 'A stored one, active or not, in the same way. Without either the active ones are tried.'),
  interaction_id: described(uuid(), 'One interaction; the newest that opened cases unless told.'),
  since: described(since, 'None that opened its case before.', '2026-03-02T00:00:00Z'),
  limit: described(integer({ min: 1, max: MOST_TRIED }), `At most so many; ${USUALLY_TRIED} unless told.`),
};

const fault = (pointer: string, detail: string): Fault => ({ pointer, code: 'validation-failed', detail });

/** What assignment rules would have made of cases that were opened before. */
@ResourceController('v1/assignment-rules', { tag: 'assignment rules', scope: 'config:read' })
export class RuleDryRunsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'pool' | 'directory'>,
    @Inject(Writes) private readonly writes: Writes,
  ) {}

  @CommandRoute('dry-run', {
    operationId: 'dryRunAssignmentRules',
    summary: 'Tries rules on what came before, and writes nothing',
    description:
      'Needs cases:read too. Contacts are as they are known today, so that who was new then may not be any more.',
    body: bodyOf(DRY_RUN),
    answer: RuleDryRunResource,
    problems: [
      'field-required',
      'too-many-items',
      'unknown-group',
      'unknown-agent',
      'unknown-case',
      'problem-not-allowed',
    ],
  })
  async tryOut(@Exchange() exchange: Exchange): Promise<RuleDryRunResource> {
    const { principal } = exchange;
    const { accountId } = principal;
    demandScope(principal, 'cases:read');
    const body = await this.writes.readBody(exchange);
    const { pool, directory } = this.ledger;
    const sent = readBody(body.value, DRY_RUN);
    const stored = await listAssignmentRules(pool, accountId);
    const tried = await this.rulesOf(accountId, stored, sent.value);
    const wish = faultless(sent, tried.faults);
    const setup = await directory.find(pool, accountId);
    if (setup === null) {
      throw new Error('the account of an API client is not set up');
    }
    const { interaction_id: interactionId = null, since: from = null, limit = USUALLY_TRIED } = wish;
    const openings = await listOpenings(pool, accountId, { interactionId, since: from, limit });
    const runs = await tryRules(pool, setup, openings, tried.compared);
    const results = openings.flatMap((opening, index) => {
      const run = runs[index];
      return run === undefined ? [] : [ruledInteractionOf(opening, run, interactionId !== null)];
    });
    const matched = results.filter(({ rules }) => rules.some(({ holds }) => holds));
    return {
      tried: results.length,
      matched: matched.length,
      changed: results.filter(({ changes }) => changes.length > 0).length,
      results: interactionId === null ? matched : results,
    };
  }

  private async rulesOf(
    accountId: string,
    stored: readonly AssignmentRuleView[],
    { rule, rule_id: ruleId }: Values<typeof DRY_RUN>,
  ): Promise<{ readonly compared: ComparedRules; readonly faults: readonly Fault[] }> {
    const active = stored.filter((one) => one.active);
    if (rule === undefined && ruleId === undefined) {
      return { compared: { before: [], after: active }, faults: [] };
    }
    if (rule === undefined || ruleId !== undefined) {
      const found = stored.find(({ id }) => id === ruleId);
      const others = active.filter(({ id }) => id !== ruleId);
      const faults = [
        ...(rule === undefined ? [] : [fault('/rule', 'Comes without rule_id.')]),
        ...(found === undefined ? [fault('/rule_id', 'The account has no such rule.')] : []),
      ];
      return { compared: { before: others, after: inOrder([...others, ...(found ? [found] : [])]) }, faults };
    }
    const names = await findRuleNames(this.ledger.pool, accountId, [{ actions: rule.actions }]);
    const { read, faults } = readParts(rule, null, names);
    const draft = { ...(read ?? { match: 'all', conditions: [], actions: {} }), ...placed(rule) } as const;
    return {
      compared: { before: active, after: inOrder([...active, draft]) },
      faults: faults.map((one) => ({ ...one, pointer: `/rule${one.pointer}` })),
    };
  }
}

function placed({ name = 'This rule', position = 1_000_001, stop = false }: Values<typeof DRAFT>) {
  return { id: newId(), name, position, stop };
}

type Placed = AssignmentRule & { readonly position: number };

function inOrder(rules: readonly Placed[]): readonly Placed[] {
  return [...rules].sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
}
