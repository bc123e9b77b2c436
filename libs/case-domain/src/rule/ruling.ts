import type { Interaction } from '#libs/interaction';
import type { CaseType, Priority } from '../case/case-state.js';
import { type CompiledConditions, compileConditions, type ConditionTrace } from '../condition/compile-conditions.js';
import type { AssignmentRule, RuledAssignment } from '../decision/assignment-rules.js';
import type { RuleSkip, RuleTrace } from '../decision/evidence.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { RuleActionName } from './read-rule.js';
import { ruleField } from './rule-fields.js';
import { type RuledRequester, type RuleSubject, subjectOf } from './rule-subject.js';
import { whyUnusable } from './usable-actions.js';

/** What the rules of an account say of a case that begins. Null: nothing. */
export interface Ruling extends RuledAssignment {
  readonly groupId: string | null;
  readonly priority: Priority | null;
  readonly type: CaseType | null;
  readonly problemId: string | null;
  readonly tags: readonly string[];
  /** Each rule that was looked at, in their order. */
  readonly looked: readonly RuleTrace[];
}

/** Made once for each version of a rule, and gone with it. */
const compiled = new WeakMap<AssignmentRule, CompiledConditions<RuleSubject>>();

function compiledOf(rule: AssignmentRule): CompiledConditions<RuleSubject> {
  const known = compiled.get(rule);
  if (known !== undefined) {
    return known;
  }
  const made = compileConditions(rule, ruleField);
  compiled.set(rule, made);
  return made;
}

/**
 * Asks the rules in their order (domain.md §9): what holds gives what no rule before it has given, tags add up, and one that
 * says so is the last. All are asked about the case as it is without them. Null for an account without rules.
 */
export function rulingFor(interaction: Interaction, resolved: RuledRequester, snapshot: Snapshot): Ruling | null {
  const { rules } = snapshot.assignmentRules;
  return rules.length === 0 ? null : rule(rules, subjectOf(interaction, resolved, snapshot), false);
}

/** As `rulingFor`, by other rules; with `personal` the trace shows what is never kept. */
export function rule(rules: readonly AssignmentRule[], subject: RuleSubject, personal: boolean): Ruling {
  const given = new Map<RuleActionName, unknown>();
  const tags = new Set<string>();
  const looked: RuleTrace[] = [];
  for (const one of rules) {
    const conditions = compiledOf(one);
    const holds = conditions.hold(subject);
    looked.push(
      holds
        ? applied(one, conditions.trace(subject, { personal }), { given, tags, subject })
        : passedOver(one, conditions.firstMiss(subject, { personal })),
    );
    if (holds && one.stop) {
      break;
    }
  }
  const value = <Value>(name: RuleActionName): Value | null => (given.get(name) as Value | undefined) ?? null;
  return {
    groupId: value('group_id'),
    assigneeId: value('assignee_id'),
    strategy: value('strategy'),
    priority: value('priority'),
    type: value('type'),
    problemId: value('problem_id'),
    tags: [...tags],
    looked,
  };
}

function passedOver({ id, name }: AssignmentRule, missed: ConditionTrace | null): RuleTrace {
  return { id, name, holds: false, conditions: missed === null ? [] : [missed] };
}

interface Gathered {
  readonly given: Map<RuleActionName, unknown>;
  readonly tags: Set<string>;
  readonly subject: RuleSubject;
}

function applied(
  { id, name, actions, stop }: AssignmentRule,
  conditions: readonly ConditionTrace[],
  { given, tags, subject }: Gathered,
): RuleTrace {
  const done: RuleActionName[] = [];
  const skipped: RuleSkip[] = [];
  const give = (action: RuleActionName, value: unknown, isTaken = given.has(action)): void => {
    if (value === undefined) {
      return;
    }
    const because = isTaken ? 'set_before' : whyUnusable(action, actions, subject.snapshot);
    if (because !== null) {
      skipped.push({ action, because });
      return;
    }
    given.set(action, value);
    done.push(action);
  };
  give('group_id', actions.groupId);
  give('assignee_id', actions.assigneeId);
  give('strategy', actions.strategy);
  give('priority', actions.priority);
  const isOther = (given.get('type') ?? 'incident') !== 'incident';
  give('problem_id', actions.problemId, given.has('problem_id') || isOther);
  if (done.includes('problem_id')) {
    given.set('type', 'incident');
  } else {
    give('type', actions.type);
  }
  if (actions.tagsAdd !== undefined) {
    actions.tagsAdd.forEach((tag) => tags.add(tag));
    done.push('tags_add');
  }
  const ends = stop ? { stopped: true as const } : {};
  return { id, name, holds: true, conditions, applied: done, ...(skipped.length === 0 ? {} : { skipped }), ...ends };
}
