import type { BusinessHours } from '#libs/interaction';
import type { ConditionSet } from '../condition/condition.js';
import type { CaseType, Priority } from '../case/case-state.js';

export type AssignmentStrategy = 'manual' | 'round_robin' | 'least_open' | 'least_open_pct' | 'skills';

/** What a rule does with a case that begins; what is absent it leaves alone. */
export interface RuleActions {
  readonly groupId?: string;
  readonly assigneeId?: string;
  readonly strategy?: AssignmentStrategy;
  readonly priority?: Priority;
  readonly type?: CaseType;
  readonly tagsAdd?: readonly string[];
  /** The case becomes an incident of it. */
  readonly problemId?: string;
}

/** A rule about where cases go when they begin (domain.md §9, A4). */
export interface AssignmentRule extends ConditionSet {
  readonly id: string;
  readonly name: string;
  readonly actions: RuleActions;
  /** Where it holds, none after it is looked at. */
  readonly stop: boolean;
}

/** The hours of an account, and of the groups that have their own. */
export interface AccountHours {
  readonly account: BusinessHours;
  /** By group. */
  readonly groups: ReadonlyMap<string, BusinessHours>;
}

/** The active rules of an account in their order, with what they ask for. The same object for as long as nobody changes any. */
export interface AssignmentRules {
  readonly rules: readonly AssignmentRule[];
  readonly hours: AccountHours;
  /** Groups that a case may come into by them. */
  readonly groupIds: readonly string[];
  readonly problemIds: readonly string[];
  /** A group may have to choose by another strategy than its own. */
  readonly setsStrategy: boolean;
  /** They ask for what is kept of contacts. */
  readonly asksContacts: boolean;
}

/** What is kept of a contact that rules may ask for. */
export interface ContactTraits {
  readonly kind: 'person' | 'shared_line' | 'anonymous';
  readonly company: string | null;
  readonly locale: string | null;
  /** By key: texts, numbers, truths. */
  readonly customFields: Readonly<Record<string, unknown>>;
}

/** What rules say of an assignee, for whoever chooses one (A4, A6). */
export interface RuledAssignment {
  readonly assigneeId: string | null;
  /** In the place of the group's. */
  readonly strategy: AssignmentStrategy | null;
}
