import type { Interaction } from '#libs/interaction';
import type { Decision } from '../decision/decision.js';
import { followedBy, NO_EFFECTS, type Effects } from '../decision/effects.js';
import type { Evidence } from '../decision/evidence.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { InteractionVerdict, Outcome, SettledPeople } from '../decision/verdict.js';
import { decideInteraction } from './decide-interaction.js';
import { isOfNoLine } from '../people/endpoint.js';
import { lateDouble } from './late-double.js';
import { survivorOf } from '../decision/survivor.js';
import { reviseWithLinks } from '../revision/late-link.js';
import { saysMore, tellUpdate } from '../revision/revise-case.js';
import { LINE_UNTOLD, TEXT_ALONE } from '../voicemail/interaction-of-voicemail.js';
import { firstOfMessage } from '../message/same-message.js';
import { isVoicemail } from '../message/traits-of-voicemail.js';
import type { FoldedInteraction } from '../fold/fold.js';

/** It goes on: what becomes of it is decided when it has come to its end. */
export interface WaitingVerdict extends SettledPeople {
  readonly outcome: 'waiting';
}

/** What was decided of it stays; what is known of it is more, and its case may say so. */
export interface KeptVerdict {
  readonly outcome: 'kept';
}

export type RevisionDecision = Decision<InteractionVerdict | WaitingVerdict> | Decision<KeptVerdict, null>;

/** Whether facts may still lead to a decision: `outcome` is that of the row, null where there is none yet. */
export function isUndecided(outcome: string | null): boolean {
  return outcome === null || outcome === 'waiting';
}

/** What the row of an interaction says, before it is revised. */
export interface DecidedInteraction {
  readonly outcome: string;
  readonly caseId: string | null;
  readonly interaction: Interaction;
}

/** Whether something may be decided because of further facts: what it may touch has to be loaded then. */
export function mayRevise(
  stored: DecidedInteraction | null,
  { interaction, waits, again, arrived }: FoldedInteraction,
): boolean {
  if (stored === null || isUndecided(stored.outcome)) {
    return !waits;
  }
  if (again === true && RECORDED_FOR_NOW.has(stored.outcome)) {
    return true;
  }
  return arrived === true || saysMore({ before: stored.interaction, after: interaction });
}

/**
 * What becomes of an interaction that further facts are known of; a fact never counts as one more interaction.
 * 1. Undecided ones are decided as if they had just come, as soon as they have come to their end.
 * 2. What was only recorded, because of what was known of it then, is decided anew if it may have a case by now, and
 *    also when a person has its facts told again: lines and accounts may be set up otherwise since.
 * 3. A message that turns out to be another one is that one's double.
 * 4. What has a case revises it as if all had been known from the start; of a recording or a text of which the case says
 *    nothing, people are told all the same.
 * 5. Everything else stays: a suspended one takes facts and moves nothing, and the verdict decides on what was folded
 *    by then.
 */
export function reviseInteraction(
  stored: DecidedInteraction | null,
  folded: FoldedInteraction,
  snapshot: Snapshot,
  moment: Moment,
): RevisionDecision {
  const { interaction, waits } = folded;
  if (stored === null || isUndecided(stored.outcome)) {
    return waits || isAwaiting(interaction, snapshot) ? WAITING : decideInteraction(interaction, snapshot, moment);
  }
  if (!mayRevise(stored, folded)) {
    return kept(NO_EFFECTS);
  }
  if (RECORDED_FOR_NOW.has(stored.outcome)) {
    const anew = decideInteraction(interaction, snapshot, moment);
    return anew.verdict.outcome === 'recorded' ? kept(NO_EFFECTS) : anew;
  }
  const double = isVoicemail(interaction) ? lateDouble(stored.caseId, interaction, snapshot, moment) : null;
  if (double !== null) {
    return double;
  }
  const state = stored.caseId === null ? null : survivorOf(stored.caseId, snapshot);
  if (state === null) {
    return kept(NO_EFFECTS);
  }
  const revised = reviseWithLinks({ before: stored.interaction, after: interaction }, state, snapshot, moment);
  const isUntold = folded.arrived === true && revised.cases.length === 0;
  return kept(isUntold ? followedBy(revised, tellUpdate(interaction, state, moment)) : revised);
}

/** Whether a message is nobody's yet: of a text its message is not known, or its call where that has to say the line. */
function isAwaiting(interaction: Interaction, snapshot: Snapshot): boolean {
  const { flags } = interaction;
  return (
    (flags.includes(TEXT_ALONE) && firstOfMessage(interaction, snapshot) === null) ||
    (flags.includes(LINE_UNTOLD) && isOfNoLine(interaction, snapshot))
  );
}

/** Verdicts on what was known of a call; not on who spoke, nor on what a person wants of the account. */
const RECORDED_FOR_NOW: ReadonlySet<string> = new Set<Outcome>([
  'recorded:auto_create_off',
  'recorded:outbound',
  'recorded:internal_call',
  'recorded:blocked_call',
  'recorded:short_call',
  'recorded:endpoint_not_configured',
]);

function kept(effects: Effects): Decision<KeptVerdict, null> {
  return { verdict: { outcome: 'kept' }, effects, evidence: null };
}

const EVIDENCE: Evidence = {
  thread: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] },
  requester: null,
  group: null,
  assignment: null,
  reasons: ['It goes on: what becomes of it is decided when it has come to its end.'],
};
const WAITING: Decision<WaitingVerdict> = {
  verdict: { outcome: 'waiting', requester: null, submitter: null },
  effects: NO_EFFECTS,
  evidence: EVIDENCE,
};
