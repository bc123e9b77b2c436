import { CASE_TYPES, PRIORITIES } from '../case/case-state.js';
import { readConditions, type RuleFault, type RuleLanguage } from '../condition/read-conditions.js';
import type { AssignmentRule, AssignmentStrategy, RuleActions } from '../decision/assignment-rules.js';
import { RULE_FIELD_NAMES, ruleField } from './rule-fields.js';
import type { RuleSubject } from './rule-subject.js';

/** `resolve`: as in `RuleLanguage`, for `group`, `agent`, `case` and `hours`. */
export type RuleNames = Pick<RuleLanguage<RuleSubject>, 'resolve'>;

/** What people write of a rule beside its name. */
export interface WrittenRule {
  readonly match: unknown;
  readonly conditions: unknown;
  readonly actions: unknown;
}

export type ReadRule = Pick<AssignmentRule, 'match' | 'conditions' | 'actions'>;

export const STRATEGIES: readonly AssignmentStrategy[] = [
  'manual',
  'round_robin',
  'least_open',
  'least_open_pct',
  'skills',
];
/** A task has a due date, which no rule can know. */
export const RULED_TYPES = CASE_TYPES.filter((type) => type !== 'task');
export const RULE_ACTIONS = [
  'group_id',
  'assignee_id',
  'strategy',
  'priority',
  'type',
  'tags_add',
  'problem_id',
] as const;
export type RuleActionName = (typeof RULE_ACTIONS)[number];

const MOST_ACTIONS = 7;
const MOST_TAGS = 20;

/** Reads what a rule asks for and does, and names all that is wrong with it at once, by pointers into the rule; null with faults. */
export function readRule(
  { match, conditions, actions }: WrittenRule,
  names: RuleNames,
): { readonly value: ReadRule | null; readonly faults: readonly RuleFault[] } {
  const language = { fieldOf: ruleField, fieldNames: RULE_FIELD_NAMES, ...names };
  const asked = readConditions(match, conditions, language);
  const faults = [...asked.faults];
  const done = readActions(actions, names, faults);
  return { value: faults.length > 0 || asked.value === null ? null : { ...asked.value, actions: done }, faults };
}

function readActions(given: unknown, names: RuleNames, faults: RuleFault[]): RuleActions {
  const refuse = (pointer: string, detail: string, code = 'validation-failed'): undefined =>
    void faults.push({ pointer, code, detail });
  if (!Array.isArray(given)) {
    refuse('/actions', 'Must be a list.', given === undefined ? 'field-required' : undefined);
    return {};
  }
  if (given.length === 0 || given.length > MOST_ACTIONS) {
    refuse('/actions', `Must have 1 to ${MOST_ACTIONS} items.`, given.length === 0 ? undefined : 'too-many-items');
    return {};
  }
  const read = new Map<RuleActionName, unknown>();
  given.forEach((item: unknown, index) => {
    const pointer = `/actions/${index}`;
    const [[written, value] = ['', undefined], ...others] =
      typeof item === 'object' && item !== null ? Object.entries(item) : [];
    const name = RULE_ACTIONS.find((one) => one === written);
    if (name === undefined || others.length > 0) {
      return refuse(pointer, `Must be an object with one of: ${RULE_ACTIONS.join(', ')}.`);
    }
    if (read.has(name)) {
      return refuse(`${pointer}/${name}`, 'Stands there once already.');
    }
    read.set(
      name,
      valueOf(name, value, { names, refuse: (detail, code) => refuse(`${pointer}/${name}`, detail, code) }),
    );
    return undefined;
  });
  const actions = actionsOf(read);
  checkTogether(actions, (name, detail, code) => {
    const index = given.findIndex((item: unknown) => typeof item === 'object' && item !== null && name in item);
    refuse(`/actions/${index}/${name}`, detail, code);
  });
  return actions;
}

interface ActionPlace {
  readonly names: RuleNames;
  readonly refuse: (detail: string, code?: string) => undefined;
}

function valueOf(name: RuleActionName, given: unknown, place: ActionPlace): unknown {
  switch (name) {
    case 'group_id':
      return named('group', given, place);
    case 'assignee_id':
      return named('agent', given, place);
    case 'problem_id':
      return named('case', given, place);
    case 'strategy':
      return oneOf(STRATEGIES, given, place);
    case 'priority':
      return oneOf(PRIORITIES, given, place);
    case 'type':
      return oneOf(RULED_TYPES, given, place);
    case 'tags_add':
      return tagsOf(given, place);
  }
}

function named(kind: string, given: unknown, { names, refuse }: ActionPlace): string | undefined {
  const found = typeof given === 'string' && given.length <= 330 ? names.resolve(kind, given) : null;
  return found ?? refuse(`Must be the id or the name of an active ${kind}.`, `unknown-${kind}`);
}

function oneOf<Word extends string>(words: readonly Word[], given: unknown, { refuse }: ActionPlace): Word | undefined {
  return words.find((word) => word === given) ?? refuse(`Must be one of: ${words.join(', ')}.`);
}

const NO_TAG = /[\s,\p{Cc}\p{Surrogate}]/u;

function tagsOf(given: unknown, { refuse }: ActionPlace): readonly string[] | undefined {
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST_TAGS) {
    return refuse(`Must be a list of 1 to ${MOST_TAGS} tags.`);
  }
  const isTag = (one: unknown): one is string =>
    typeof one === 'string' && one !== '' && [...one].length <= 64 && !NO_TAG.test(one);
  if (!given.every(isTag)) {
    return refuse('Each must have 1 to 64 characters, and neither blanks nor commas.');
  }
  return [...new Set(given.map((tag) => tag.normalize('NFC').toLowerCase()))];
}

const MEMBERS: Readonly<Record<RuleActionName, keyof RuleActions>> = {
  group_id: 'groupId',
  assignee_id: 'assigneeId',
  strategy: 'strategy',
  priority: 'priority',
  type: 'type',
  tags_add: 'tagsAdd',
  problem_id: 'problemId',
};

function actionsOf(read: ReadonlyMap<RuleActionName, unknown>): RuleActions {
  const known = [...read].filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [MEMBERS[name], value]));
}

function checkTogether(
  { type, problemId }: RuleActions,
  refuse: (name: RuleActionName, detail: string, code: string) => void,
): void {
  if (problemId !== undefined && type !== undefined && type !== 'incident') {
    refuse(
      'problem_id',
      'Only an incident belongs to a problem: leave the type out, or make it an incident.',
      'problem-not-allowed',
    );
  }
}

/** Actions as people write them: one to an item, always in the same order. */
export function writtenActions(actions: RuleActions): Readonly<Record<string, unknown>>[] {
  return RULE_ACTIONS.flatMap((name) => {
    const value = actions[MEMBERS[name]];
    return value === undefined ? [] : [{ [name]: value }];
  });
}
