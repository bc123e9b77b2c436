import type { CallOutcome, Interaction } from '#libs/interaction';
import { type CaseState, isLive } from '../case/case-state.js';
import type { SpokenCall } from '../decision/calls.js';
import type { Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';
import { callerOf, spokenOutcome } from '../people/customer.js';

const MINUTE = 60_000;
const UNANSWERED: ReadonlySet<CallOutcome> = new Set(['missed', 'abandoned', 'unknown', 'voicemail_left']);

/** Whether nobody talked with the caller, who may well try again. */
function isUnanswered(outcome: CallOutcome | null | undefined): boolean {
  return outcome ? UNANSWERED.has(outcome) : false;
}

/**
 * Rule 2b: the case of a call of the same number and line that nobody took either, so many minutes apart by the times of
 * the calls, without one between the two that somebody took. Of several the nearest call, of those the earlier.
 */
export function caseOfUnanswered(interaction: Interaction, snapshot: Snapshot): CaseState | null {
  const caller = callerOf(interaction);
  if (caller === null || interaction.direction !== 'inbound' || !isUnanswered(spokenOutcome(interaction))) {
    return null;
  }
  const others = (snapshot.calls.get(caller) ?? []).filter(({ interactionId }) => interactionId !== interaction.id);
  const answered = others.filter(({ outcome }) => outcome === 'answered').map(({ at }) => at);
  const near = others
    .filter((call) => isOneMatter(call, interaction, snapshot.account.calls.missedCoalesceMinutes))
    .filter(({ at }) => !answered.some((instant) => isBetween(instant, at, interaction.occurredAt)))
    .sort((one, other) => distance(one, interaction) - distance(other, interaction) || (one.at < other.at ? -1 : 1));
  for (const { caseId } of near) {
    const state = caseId === null ? null : survivorOf(caseId, snapshot);
    if (state !== null && isLive(state)) {
      return state;
    }
  }
  return null;
}

function isOneMatter(call: SpokenCall, interaction: Interaction, minutes: number): boolean {
  return (
    isUnanswered(call.outcome) &&
    call.line === (interaction.endpoint?.address ?? null) &&
    distance(call, interaction) <= minutes * MINUTE
  );
}

function distance({ at }: SpokenCall, { occurredAt }: Interaction): number {
  return Math.abs(Date.parse(at) - Date.parse(occurredAt));
}

function isBetween(at: string, one: string, other: string): boolean {
  return one < other ? one <= at && at <= other : other <= at && at <= one;
}
