/** A case as the rules see it, and as the topic `case.state.v1` shows it. Instants are ISO 8601, UTC, milliseconds. */

export const CATEGORIES = ['new', 'open', 'pending', 'on_hold', 'resolved'] as const;
export type Category = (typeof CATEGORIES)[number];
/** What every face shows: `closed` when the case is closed, else its category. */
export const STATUSES = [...CATEGORIES, 'closed'] as const;
export type Status = (typeof STATUSES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const CASE_TYPES = ['question', 'incident', 'problem', 'task'] as const;
export type CaseType = (typeof CASE_TYPES)[number];

/** A person that a case is about or belongs to. */
export interface PersonReference {
  readonly kind: 'contact' | 'agent';
  readonly id: string;
}

/** Who caused a case or a change. */
export interface SubmitterReference {
  readonly kind: 'contact' | 'agent' | 'app' | 'system';
  readonly id: string;
}

export type RequesterConfidence = 'verified' | 'exact' | 'weak' | 'ambiguous' | 'anonymous';

/** Why the requester is who it is (domain.md §8): the rule that hit and how sure it is. */
export interface RequesterMatch {
  /** `phone_variant`: by another spelling of the number, where a country changed its numbering (domain.md §16). */
  readonly method: 'R0' | 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'phone_variant';
  readonly confidence: RequesterConfidence;
  readonly candidates: readonly string[];
}

export interface CaseState {
  readonly id: string;
  readonly accountId: string;
  /** Per account from 1, decimal text; null only between the decision and its commit. */
  readonly number: string | null;
  /** At most 150 characters. */
  readonly subject: string;
  readonly description: string;
  readonly statusId: string;
  readonly category: Category;
  readonly closedAt: string | null;
  readonly closedReason: 'auto_close' | 'merged' | null;
  readonly resolvedAt: string | null;
  readonly resolution: string | null;
  readonly resolutionSource: 'agent' | 'automation' | 'problem_cascade' | 'app' | 'merge' | null;
  readonly priority: Priority | null;
  readonly type: CaseType | null;
  /** `YYYY-MM-DD`, of a task alone: noon of that day in `dueTimeZone` is `dueAt`. */
  readonly dueOn: string | null;
  readonly dueAt: string | null;
  readonly dueTimeZone: string | null;
  /** The problem that an incident is one of. */
  readonly problemId: string | null;
  /** The case that a subcase is part of. */
  readonly parentId: string | null;
  readonly groupId: string;
  readonly assigneeId: string | null;
  /** False once somebody said that nobody is to have it: no strategy takes it then. */
  readonly autoAssign: boolean;
  readonly requester: PersonReference;
  readonly requesterMatch: RequesterMatch;
  /** What the sender claimed to be; never overwritten. */
  readonly supplied: { readonly name: string | null; readonly email: string | null; readonly phone: string | null };
  readonly submitter: SubmitterReference;
  /** Who may write to the case beside its requester, as `participantText`; at most 48. */
  readonly participants: readonly string[];
  readonly source: string;
  readonly via: {
    readonly channel: string;
    readonly from: string;
    readonly to: string | null;
    readonly rel: string | null;
  };
  readonly endpointId: string | null;
  readonly originInteractionId: string | null;
  readonly followUpOfId: string | null;
  /** Own id for the first case of a family. */
  readonly rootCaseId: string;
  readonly mergedIntoId: string | null;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly excludeFromAutoClose: boolean;
  readonly reopenCount: number;
  readonly interactionCount: number;
  readonly commentCount: number;
  readonly firstResponseAt: string | null;
  readonly lastRequesterAt: string | null;
  readonly lastAgentAt: string | null;
  /** +1 per event. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
}

/** Takes messages without a new case: neither closed nor in the trash. */
export function isLive(state: CaseState): boolean {
  return state.closedAt === null && state.deletedAt === null;
}

/** Whether it is a task that was due before `now` (ISO 8601) and is not done. */
export function isOverdue(state: Pick<CaseState, 'dueAt' | 'category'>, now: string): boolean {
  return state.dueAt !== null && state.category !== 'resolved' && state.dueAt < now;
}

/** The status as every face shows it (domain.md §16). Derived, never stored. */
export function statusOf(state: Pick<CaseState, 'closedAt' | 'category'>): Status {
  return state.closedAt === null ? state.category : 'closed';
}
