import { changeCase, type Changed } from '../case/change.js';
import type { Consequence } from '../decision/consequences.js';
import { effectsOf } from '../decision/effects.js';
import type { AssignmentEvidence } from '../decision/evidence.js';
import { waitsForAssignee } from '../decision/work.js';

/** Of a case that a group's strategy could give to nobody its history says that it waits, and why (A7). */
export const tellDeferral: Consequence = (effects) => {
  return effectsOf({ cases: effects.cases.filter(isDeferred).map(deferralOf) });
};

function isDeferred({ state, change }: Changed): boolean {
  const assignment = change.details['assignment'] as AssignmentEvidence | undefined;
  const strategy = assignment?.rule === 'A7' ? assignment.strategy : null;
  return change.kind !== 'assignment_deferred' && strategy !== null && strategy !== 'manual' && waitsForAssignee(state);
}

function deferralOf({ state, change }: Changed): Changed {
  const { kind: _, changes: _changes, details, ...cause } = change;
  return changeCase(state, 'assignment_deferred', {}, { ...cause, details: { assignment: details['assignment'] } });
}
