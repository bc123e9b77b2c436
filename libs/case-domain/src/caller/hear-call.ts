import type { Interaction } from '#libs/interaction';
import type { SpokenBeside } from '../decision/beside.js';
import { type SpokenCall, WITHHELD } from '../decision/calls.js';
import type { Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';
import { opensCase } from '../decision/verdict.js';
import { callerOf, isHidden, spokenOutcome } from '../people/customer.js';
import { isSpoken } from '../people/people.js';

/** What its row is found by when the same number calls again; nulls of what was written. */
export function spokenKeysOf(interaction: Interaction) {
  const outcome = spokenOutcome(interaction) ?? null;
  const caller = callerOf(interaction) ?? (isHidden(interaction) ? WITHHELD : null);
  return {
    caller,
    line: caller === null ? null : (interaction.endpoint?.address ?? null),
    outcome: caller === null ? null : outcome,
  };
}

function spokenCallOf({ interaction, outcome: ending, caseId }: SpokenBeside): SpokenCall | null {
  const { caller, line, outcome } = spokenKeysOf(interaction);
  const { id: interactionId, occurredAt: at } = interaction;
  return caller === null || outcome === null
    ? null
    : { interactionId, caller, line, at, outcome, caseId, opened: opensCase(ending) };
}

/** Notes what was settled, so that the calls after it in the batch are told by it. */
export function hearCall(snapshot: Snapshot, spoken: SpokenBeside): void {
  const { calls, heard, said } = snapshot;
  const { interaction, caseId } = spoken;
  const call = spokenCallOf(spoken);
  if (call !== null) {
    const others = (calls.get(call.caller) ?? []).filter(({ interactionId }) => interactionId !== interaction.id);
    calls.set(call.caller, [...others, call]);
  }
  if (caseId !== null && (heard.get(caseId) ?? '') < interaction.occurredAt) {
    heard.set(caseId, interaction.occurredAt);
  }
  const requester = caseId === null ? undefined : snapshot.cases.get(caseId)?.requester.id;
  const before = requester === undefined ? undefined : snapshot.seen.get(requester);
  if (requester !== undefined && before !== undefined && (before.at ?? '') < interaction.occurredAt) {
    snapshot.seen.set(requester, { ...before, at: interaction.occurredAt });
  }
  if (caseId !== null && isSpoken(interaction)) {
    const id = survivorOf(caseId, snapshot)?.id ?? caseId;
    const beside = (said.get(id) ?? []).filter((one) => one.id !== interaction.id);
    said.set(id, [...beside, interaction]);
  }
}
