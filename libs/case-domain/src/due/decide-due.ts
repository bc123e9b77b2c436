import type { Changed } from '../case/change.js';
import type { Decision } from '../decision/decision.js';
import { type Effects, effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { type Lookups, NO_NEEDS, type Needs } from '../decision/needs.js';
import type { Snapshot } from '../decision/snapshot.js';
import { namePeople } from '../people/name-people.js';
import { closeDue } from './auto-close.js';
import { callbackDue, type CallbackDue, type CallbackVerdict } from './callback.js';
import { type RequesterDue, requesterDue, type RequesterVerdict } from './requester.js';
import { type StrandedDue, strandedDue, type StrandedVerdict } from './stranded.js';
import {
  type CaseErasureDue,
  eraseCase,
  eraseInteraction,
  type ErasureVerdict,
  type InteractionErasureDue,
} from '../erasure/erase.js';
import { overdueDue, zoneDue } from './task.js';
import { type WaitingDue, waitingDue, type AssignedVerdict } from './waiting.js';

/** Something that is due by time, as it was found without a lock. `time_zone`: the account has moved away from its task. */
export interface CaseDue {
  readonly due: 'auto_close' | 'overdue' | 'time_zone';
  readonly caseId: string;
}

export type Due =
  CaseDue | CallbackDue | RequesterDue | WaitingDue | StrandedDue | InteractionErasureDue | CaseErasureDue;

/** `not_due`: somebody has been to the case since it was found, or it is gone. `no_noon`: its due time stays as it is. */
export type DueVerdict =
  | { readonly outcome: 'closed' | 'overdue' | 'recomputed'; readonly caseId: string }
  | { readonly outcome: 'not_due' | 'no_noon' }
  | CallbackVerdict
  | RequesterVerdict
  | AssignedVerdict
  | StrandedVerdict
  | ErasureVerdict;

/** Adds the names that what is due asks for. */
export function nameDues(dues: readonly Due[], lookups: Lookups): void {
  for (const one of dues) {
    if (one.due === 'requester') {
      [one.contactId, one.backTo].forEach((id) => (id === null ? null : lookups.contacts.add(id)));
      if (one.interaction !== null) {
        namePeople(one.interaction, lookups);
      }
    }
    if (one.due === 'erase_interaction') {
      lookups.interactions.add(one.interactionId);
    }
  }
}

export function needsOfDue(dues: readonly Due[]): Needs {
  const overdue = dues.flatMap((one) => (one.due === 'overdue' ? [one] : []));
  const asked = dues.flatMap((one) => (one.due === 'requester' && one.interaction !== null ? [one.caseId] : []));
  return {
    ...NO_NEEDS,
    settersOf: new Set(asked),
    cases: new Set(dues.flatMap(({ caseId }) => caseId ?? [])),
    overdueOf: new Set(overdue.map(({ caseId }) => caseId)),
    contacts: new Set(dues.flatMap((one) => (one.due === 'waiting' ? [one.contactId] : []))),
    assignments: dues.some(({ due }) => due === 'waiting' || due === 'stranded'),
    legalHolds: dues.some(({ due }) => due === 'erase_interaction' || due === 'erase_case'),
  };
}

/** Decides under the lock whether what was found is really due. */
export function decideDue(one: Due, snapshot: Snapshot, moment: Moment): Decision<DueVerdict, null> {
  const { now } = moment;
  if (one.due === 'callback') {
    return callbackDue(one, snapshot, now);
  }
  if (one.due === 'requester') {
    return requesterDue(one, snapshot, moment);
  }
  if (one.due === 'waiting') {
    return waitingDue(one, snapshot, now);
  }
  if (one.due === 'stranded') {
    return strandedDue(one, snapshot, now);
  }
  if (one.due === 'erase_interaction') {
    return eraseInteraction(one, snapshot, now);
  }
  if (one.due === 'erase_case') {
    return eraseCase(one, snapshot, now);
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
