import type { CaseState } from '../case/case-state.js';

/** Kinds of work for which agents say whether they are there: what is written, and what is spoken. */
export const WORK_CHANNELS = ['email', 'voice'] as const;
export type WorkChannel = (typeof WORK_CHANNELS)[number];

/** Sources of cases whose customers are called, or call. Whatever else opens a case is answered in writing. */
const SPOKEN_SOURCES: ReadonlySet<string> = new Set(['call_inbound', 'call_outbound', 'voicemail', 'callbar']);

/** The kind of work that a case is, for which an agent must be online to be given it. */
export function workOf({ source }: Pick<CaseState, 'source'>): WorkChannel {
  return SPOKEN_SOURCES.has(source) ? 'voice' : 'email';
}

/** Whether the case waits for somebody to be chosen; what somebody wanted to be nobody's does not. */
export function waitsForAssignee(state: CaseState): boolean {
  const { category, autoAssign, closedAt, deletedAt } = state;
  return category === 'new' && autoAssign && closedAt === null && deletedAt === null;
}

/** The agent whose open load the case is part of. */
export function loadedBy(state: CaseState): string | null {
  return state.category === 'open' && state.deletedAt === null ? state.assigneeId : null;
}
