import type { CaseState } from '../../case/case-state.js';
import type { NamedInteraction } from '../../decision/named-interaction.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refuse.js';

/** Why nothing is done with an interaction yet, or not any more. */
const UNSETTLED: Readonly<Record<string, string>> = {
  suspended: 'The interaction waits in quarantine for a person: release or reject it first.',
  rejected: 'The interaction was put aside out of the quarantine: it belongs to no case.',
  released: 'The interaction was released, and is about to be settled: ask again.',
  waiting: 'The interaction goes on: ask again when it has come to its end.',
};

/** Null when something became of the interaction. */
export function refuseUnsettled({ outcome }: NamedInteraction, state: CaseState | null): Refusal | null {
  const detail = UNSETTLED[outcome];
  return detail === undefined ? null : refuse({ code: 'interaction-not-settled', detail }, state);
}
