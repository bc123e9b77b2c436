import type { CaseState } from '../case/case-state.js';
import { changeCase } from '../case/change.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { LegalHoldCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import type { Refusal } from './refusal.js';
import { refuse, refuseFaulty } from './refuse.js';

/** Puts a case on hold, whatever has become of it, or lets it go again; another reason is a change as well. */
export function decideLegalHold(
  { on, reason }: LegalHoldCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { findings, asker, snapshot, moment } = circumstances;
  const faulty = refuseFaulty(findings, state);
  if (faulty !== null) {
    return faulty;
  }
  if (!asker.admin) {
    return refuse({ code: 'forbidden', detail: 'Only administrators say that a case is to be kept.' }, state);
  }
  const present = snapshot.legalHolds.get(state.id);
  if (on ? present === reason : present === undefined) {
    return unchanged(state);
  }
  // Only the reason is another.
  const again = on && present !== undefined ? { again: true } : {};
  const changed = changeCase(state, 'legal_hold_changed', {}, causedByAsker(circumstances, { on, reason, ...again }));
  return done(changed, { holds: [{ caseId: state.id, on, reason, at: moment.now }] });
}
