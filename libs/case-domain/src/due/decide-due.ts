import type { Decision } from '../decision/decision.js';
import { effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { NO_NEEDS, type Needs } from '../decision/needs.js';
import type { Snapshot } from '../decision/snapshot.js';
import { closeDue } from './auto-close.js';

/** Something that is due by time, as it was found without a lock. */
export interface Due {
  readonly due: 'auto_close';
  readonly caseId: string;
}

/** `not_due`: somebody has been to the case since it was found, or it is gone. */
export type DueVerdict = { readonly outcome: 'closed'; readonly caseId: string } | { readonly outcome: 'not_due' };

export function needsOfDue(dues: readonly Due[]): Needs {
  return { ...NO_NEEDS, cases: new Set(dues.map(({ caseId }) => caseId)) };
}

/** Decides under the lock whether what was found is really due. */
export function decideDue({ caseId }: Due, snapshot: Snapshot, { now }: Moment): Decision<DueVerdict, null> {
  const state = snapshot.cases.get(caseId);
  const closed = state === undefined ? null : closeDue(state, snapshot.account, now);
  return closed === null
    ? { verdict: { outcome: 'not_due' }, effects: NO_EFFECTS, evidence: null }
    : { verdict: { outcome: 'closed', caseId }, effects: effectsOf({ cases: [closed] }), evidence: null };
}
