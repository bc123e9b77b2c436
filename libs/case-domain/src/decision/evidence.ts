import type { RequesterMatch } from '../case/case-state.js';
import type { ConditionTrace } from '../condition/compile-conditions.js';

/** A name that an interaction refers to or bears, and the rule that looked at it. */
interface ThreadMention {
  readonly rule: string;
  readonly kind: string;
  readonly value: string;
}

/**
 * Why a reference led nowhere. `unknown`: nobody bears the name. `own_name`: the interaction's own. `not_of_the_case`:
 * its sender has no part in the case, and the reference is one that anybody can guess. `unproven`: nor was the
 * sender's identity proven. `other_subject`: the provider groups by subject too, and this one differs.
 */
export const IGNORED_BECAUSE = ['unknown', 'own_name', 'not_of_the_case', 'unproven', 'other_subject'] as const;
export type IgnoredBecause = (typeof IGNORED_BECAUSE)[number];

/** How the target case was found. What has nothing to say is left out: it is kept with every interaction. */
export interface ThreadEvidence {
  /** `recipient_token`, `in_reply_to`, `references`, `awaited_message`, … ; `none` when nothing was found. */
  readonly rule: string;
  readonly matched: { readonly kind: string; readonly value: string } | null;
  /** Case that the reference named, before merges were followed. */
  readonly namedCaseId: string | null;
  /** References that led to other cases: the runner-up first. */
  readonly conflicts: readonly (ThreadMention & { readonly caseId: string })[];
  /** Cases that turned out to be the same conversation and were merged into this one. */
  readonly joined?: readonly (ThreadMention & { readonly caseId: string })[];
  /** References that did not count, the strongest first; at most 10. */
  readonly ignored?: readonly (ThreadMention & { readonly caseId?: string; readonly because: IgnoredBecause })[];
  /** The subject is another one than the case's. It decides nothing, and people may want to know. */
  readonly subjectChanged?: true;
  /** An earlier message bears the same name: both are kept, and the name goes on leading to the earlier one. */
  readonly nameReused?: true;
}

/** Everything that decided, kept with the interaction and shown by `explain`. */
export interface Evidence {
  readonly thread: ThreadEvidence;
  readonly requester: RequesterMatch | null;
  readonly group: { readonly rule: string; readonly groupId: string } | null;
  readonly assignment: AssignmentEvidence | null;
  /** Assignment rules that were looked at, in their order; absent where there are none. */
  readonly rules?: readonly RuleTrace[];
  /** Plain sentences, in the order in which the rules were applied. */
  readonly reasons: readonly string[];
}

export interface AssignmentEvidence {
  readonly rule: 'A0' | 'A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A6' | 'A7';
  readonly strategy: string | null;
  readonly candidatesCount: number;
  readonly chosenBecause: string;
}

/**
 * Why an action of a rule was not carried out. `set_before`: a rule before it says otherwise. `inactive`: what it names is not
 * active. `other_group`: something that counts more says where the case belongs. `other_assignee`: as much of whose it is;
 * `not_in_group`: the agent is no member of the group that the case came into. `not_new`: the case was there before.
 */
export type RuleSkipReason =
  | 'set_before'
  | 'inactive'
  | 'not_a_problem'
  | 'problem_required'
  | 'other_group'
  | 'other_assignee'
  | 'not_in_group'
  | 'not_new';

export interface RuleSkip {
  readonly action: string;
  readonly because: RuleSkipReason;
}

/** What came of one assignment rule. Of one that does not hold, the first comparison that kept it from it. */
export interface RuleTrace {
  readonly id: string;
  readonly name: string;
  readonly holds: boolean;
  readonly conditions: readonly ConditionTrace[];
  readonly applied?: readonly string[];
  readonly skipped?: readonly RuleSkip[];
  /** It ends the list: none after it was looked at. */
  readonly stopped?: true;
}
