import type { CaseState } from '../case/case-state.js';
import { SYSTEM } from '../case/case-change.js';
import { type CaseFields, changeCase, sameValue } from '../case/change.js';
import { contentDigests, REDACTED_TEXT } from '../command/interaction/redacted-interaction.js';
import type { Decision } from '../decision/decision.js';
import { effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { Snapshot } from '../decision/snapshot.js';
import { erasedInteraction, scrubbed } from './erased-interaction.js';
import type { Traces } from '../decision/moved-words.js';

/** Who is erased, and by what she is found. */
export interface Erasure {
  readonly id: string;
  /** The contact and all that were merged into it. */
  readonly contactIds: readonly string[];
  readonly traces: Traces;
}

/** An interaction in which the person speaks or is spoken with, in her case or in none. */
export interface InteractionErasureDue {
  readonly due: 'erase_interaction';
  readonly erasure: Erasure;
  readonly interactionId: string;
  /** Where it was found. */
  readonly caseId: string | null;
}

/** A case that she asked for, or that says something of her. */
export interface CaseErasureDue {
  readonly due: 'erase_case';
  readonly erasure: Erasure;
  readonly caseId: string;
}

export type ErasureVerdict = { readonly outcome: 'erased' | 'kept_by_legal_hold' | 'not_due' };

/** The reason of the mark that stays. */
export const ERASED = 'erasure';

export function eraseInteraction(
  { interactionId, erasure }: InteractionErasureDue,
  { interactions, legalHolds }: Snapshot,
  now: string,
): Decision<ErasureVerdict, null> {
  const named = interactions.get(interactionId);
  if (named === undefined) {
    return idle('not_due');
  }
  const { caseId, interaction, revision } = named;
  if (caseId !== null && legalHolds.has(caseId)) {
    return idle('kept_by_legal_hold');
  }
  const redaction = {
    ...{ id: interactionId, caseId, by: SYSTEM, onBehalfOf: null, reason: ERASED, at: now, revision },
    left: erasedInteraction(interaction, erasure.traces),
    contents: contentDigests(interaction),
    copies: null,
  };
  return {
    verdict: { outcome: 'erased' },
    effects: effectsOf({ interactionRedactions: [redaction], erasedInteractions: [interactionId] }),
    evidence: null,
  };
}

/** Closed ones and those in the trash too. Its number, its times and who worked on it stay. */
export function eraseCase(
  { caseId, erasure }: CaseErasureDue,
  { cases, legalHolds }: Snapshot,
  now: string,
): Decision<ErasureVerdict, null> {
  const state = cases.get(caseId);
  if (state === undefined) {
    return idle('not_due');
  }
  if (legalHolds.has(caseId)) {
    return idle('kept_by_legal_hold');
  }
  const { contactIds, traces } = erasure;
  const isHers = state.requester.kind === 'contact' && contactIds.includes(state.requester.id);
  const fields = { ...withoutMention(state, erasure, isHers), ...(isHers ? withoutWords(state) : {}) };
  const details = { erasure_id: erasure.id };
  const cause = { actor: SYSTEM, interactionId: null, at: now, occurredAt: now, details };
  return {
    verdict: { outcome: 'erased' },
    effects: effectsOf({
      cases: [changeCase(state, 'requester_erased', changedOf(state, fields), cause)],
      erasures: [{ caseId, isHers, traces }],
    }),
    evidence: null,
  };
}

function withoutWords({ subject, description }: CaseState): CaseFields {
  return {
    subject: subject === '' ? subject : REDACTED_TEXT,
    description: description === '' ? description : REDACTED_TEXT,
    supplied: { name: null, email: null, phone: null },
  };
}

function withoutMention(state: CaseState, { contactIds, traces }: Erasure, isHers: boolean): CaseFields {
  const pattern = isHers ? traces.own : traces.unique;
  const { subject, description, resolution, supplied, via, customFields, tags } = state;
  const takesNoPart = (one: string): boolean =>
    scrubbed(one, traces.unique) === one && !contactIds.some((id) => one.endsWith(`contact:${id}`));
  return {
    participants: state.participants.filter(takesNoPart),
    ...scrubbed({ subject, description, resolution, supplied, via, customFields, tags }, pattern),
  };
}

function changedOf(state: CaseState, fields: CaseFields): CaseFields {
  const entries = Object.entries(fields) as [keyof CaseFields, unknown][];
  return Object.fromEntries(entries.filter(([field, value]) => !sameValue(state[field], value)));
}

function idle(outcome: ErasureVerdict['outcome']): Decision<ErasureVerdict, null> {
  return { verdict: { outcome }, effects: NO_EFFECTS, evidence: null };
}
