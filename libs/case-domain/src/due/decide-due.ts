import type { Changed } from '../case/change.js';
import type { Decision } from '../decision/decision.js';
import { type Effects, effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { NO_NEEDS, type Needs } from '../decision/needs.js';
import type { Snapshot } from '../decision/snapshot.js';
import { closeDue } from './auto-close.js';
import { callbackDue, type CallbackDue, type CallbackVerdict } from './callback.js';
import { overdueDue, zoneDue } from './task.js';

/** Something that is due by time, as it was found without a lock. `time_zone`: the account has moved away from its task. */
export interface CaseDue {
  readonly due: 'auto_close' | 'overdue' | 'time_zone';
  readonly caseId: string;
}

export type Due = CaseDue | CallbackDue;

/** `not_due`: somebody has been to the case since it was found, or it is gone. `no_noon`: its due time stays as it is. */
export type DueVerdict =
  | { readonly outcome: 'closed' | 'overdue' | 'recomputed'; readonly caseId: string }
  | { readonly outcome: 'not_due' | 'no_noon' }
  | CallbackVerdict;

export function needsOfDue(dues: readonly Due[]): Needs {
  const overdue = dues.flatMap((one) => (one.due === 'overdue' ? [one] : []));
  return {
    ...NO_NEEDS,
    cases: new Set(dues.flatMap(({ caseId }) => caseId ?? [])),
    overdueOf: new Set(overdue.map(({ caseId }) => caseId)),
  };
}

/** Decides under the lock whether what was found is really due. */
export function decideDue(one: Due, snapshot: Snapshot, { now }: Moment): Decision<DueVerdict, null> {
  if (one.due === 'callback') {
    return callbackDue(one, snapshot, now);
  }
  const { due, caseId } = one;
  const state = snapshot.cases.get(caseId);
  if (state === undefined) {
    return idle('not_due');
  }
  switch (due) {
    case 'auto_close':
      return settled('closed', closeDue(state, snapshot.account, now));
    case 'overdue': {
      const changed = overdueDue(state, snapshot, now);
      const told = changed === null || state.dueAt === null ? [] : [{ caseId, dueAt: state.dueAt }];
      return settled('overdue', changed, { overdue: told });
    }
    case 'time_zone': {
      const changed = zoneDue(state, snapshot, now);
      return changed === 'no_noon' ? idle('no_noon') : settled('recomputed', changed);
    }
  }
}

function settled(
  outcome: 'closed' | 'overdue' | 'recomputed',
  changed: Changed | null,
  more: Partial<Effects> = {},
): Decision<DueVerdict, null> {
  if (changed === null) {
    return idle('not_due');
  }
  const verdict = { outcome, caseId: changed.state.id };
  return { verdict, effects: effectsOf({ ...more, cases: [changed] }), evidence: null };
}

function idle(outcome: 'not_due' | 'no_noon'): Decision<DueVerdict, null> {
  return { verdict: { outcome }, effects: NO_EFFECTS, evidence: null };
}
