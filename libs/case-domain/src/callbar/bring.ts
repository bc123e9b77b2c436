import type { Interaction } from '#libs/interaction';
import { type CaseState, isLive } from '../case/case-state.js';
import { decideCommand } from '../command/decide-command.js';
import type { Asker } from '../command/command.js';
import { timesWithout } from '../command/interaction/heard-times.js';
import type { Evidence } from '../decision/evidence.js';
import { effectsOf } from '../decision/effects.js';
import { caseOf, isOpened, type InteractionVerdict } from '../decision/verdict.js';
import { decideInteraction } from '../interaction/decide-interaction.js';
import { threadMoves } from '../thread/thread-moves.js';
import type { Desk } from './desk.js';
import type { Place } from './place.js';
import type { KnownCall, Press } from '../decision/press.js';

/** What the row of the call says from now on. */
export interface CallVerdict {
  readonly interaction: Interaction;
  readonly verdict: InteractionVerdict;
  readonly evidence: Evidence;
}

/** Where a call is after agents have brought it somewhere. */
export interface Brought {
  readonly caseId: string | null;
  readonly opened: boolean;
  /** Null: it is where it was. */
  readonly row: CallVerdict | null;
}

/** Brings a call where agents want it, as if that had been known when it came. */
export function bring(call: KnownCall, place: Place, desk: Desk): Brought {
  const { caseId } = call;
  const stays: Brought = { caseId, opened: false, row: null };
  const { bringer } = place;
  if (bringer === null) {
    return stays;
  }
  switch (place.chosen) {
    case 'rules':
      return stays;
    case 'created':
      return caseId === null ? settleAnew(call, bringer, asAsked(call.interaction), desk) : stays;
    case 'attached':
      return caseId === place.caseId || place.caseId === null
        ? stays
        : settleAnew(call, bringer, asChosen(call.interaction, place.caseId), desk);
    case 'detached':
      return detach(call, bringer, desk);
  }
}

/** A call on which an agent wants a case, whatever came of it and whoever called whom. */
function asAsked(interaction: Interaction): Interaction {
  const { direction, outcome } = interaction;
  const talks = outcome === null || outcome === undefined || direction !== 'inbound';
  return {
    ...interaction,
    handling: 'ordinary',
    direction: direction === 'internal' ? 'inbound' : direction,
    occasion: 'callbar_request',
    outcome: talks ? 'answered' : outcome,
    flags: interaction.flags.filter((flag) => flag !== 'test'),
  };
}

function asChosen(interaction: Interaction, caseId: string): Interaction {
  return { ...asAsked(interaction), references: [{ kind: 'case', value: caseId, via: 'chosen_case' }] };
}

function settleAnew(call: KnownCall, bringer: Press, asked: Interaction, desk: Desk): Brought {
  const { verdict, effects, evidence } = decideInteraction(asked, desk.snapshot, desk.moment, {
    released: true,
    asked: { agentId: bringer.agentId },
  });
  const caseId = caseOf(verdict);
  if (caseId !== null && caseId === call.caseId) {
    // What it was attached to goes on there already.
    return { caseId, opened: false, row: null };
  }
  if (isOpened(verdict)) {
    // As if the rules had opened it: later facts revise what nobody has said.
    desk.does(effects);
  } else {
    desk.doesFor(bringer, effects);
  }
  if (call.caseId !== null && caseId !== null && call.caseId !== caseId) {
    follow(call, bringer, { from: call.caseId, to: caseId }, desk);
    leave(call, bringer, call.caseId, desk);
  }
  return { caseId, opened: isOpened(verdict), row: { interaction: call.interaction, verdict, evidence } };
}

/** Names of the call, and its voicemails, go where it goes. */
function follow(
  { interaction, companions }: KnownCall,
  bringer: Press,
  { from, to }: { readonly from: string; readonly to: string },
  desk: Desk,
): void {
  desk.does(
    effectsOf({ threadMoves: threadMoves(interaction, { from, to, shared: new Set<string>() }, desk.snapshot) }),
  );
  for (const interactionId of companions) {
    const decided = decideCommand(
      {
        command: 'move_interaction',
        interactionId,
        to: { by: 'id', value: to },
        thread: true,
        asker: askerOf(bringer),
        expected: null,
        faults: [],
      },
      desk.snapshot,
      desk.moment,
    );
    if ('effects' in decided) {
      desk.doesFor(bringer, decided.effects);
    }
  }
}

function detach(call: KnownCall, bringer: Press, desk: Desk): Brought {
  const { interaction, caseId } = call;
  if (caseId !== null) {
    const left = { from: caseId, to: null, shared: desk.snapshot.leftBehind.get(interaction.id)?.shared ?? new Set() };
    desk.does(effectsOf({ threadMoves: threadMoves(interaction, left, desk.snapshot) }));
    leave(call, bringer, caseId, desk);
  }
  const verdict = {
    outcome: 'recorded',
    because: 'detached',
    relatedCaseId: caseId,
    requester: null,
    submitter: null,
  } as const;
  return { caseId: null, opened: false, row: { interaction, verdict, evidence: TAKEN_OFF } };
}

const TAKEN_OFF: Evidence = {
  thread: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] },
  requester: null,
  group: null,
  assignment: null,
  reasons: ['An agent took it off its case.'],
};

/** A case that this call alone opened, and that nobody has touched, has nothing to say without it. */
function leave({ interaction, companions, untouchedAt }: KnownCall, bringer: Press, caseId: string, desk: Desk): void {
  const before = desk.snapshot.cases.get(caseId);
  if (before === undefined || !isLive(before)) {
    return;
  }
  const named = desk.snapshot.interactions.get(interaction.id);
  const said = desk.snapshot.leftBehind.get(interaction.id)?.said ?? [];
  const fields = {
    interactionCount: Math.max(before.interactionCount - 1, 0),
    ...(named === undefined ? {} : timesWithout(before, named, said)),
  };
  const cause = desk.causeOf(bringer, { interaction_id: interaction.id, reason: 'call_bar' });
  const after = desk.change(before, 'interaction_detached', fields, cause);
  const own = [interaction.id, ...companions];
  const isOwn = own.includes(after.originInteractionId ?? '') && after.interactionCount === 0;
  if (isOwn && untouchedAt !== null) {
    trash(after, bringer, desk);
  }
}

function trash({ id }: CaseState, bringer: Press, desk: Desk): void {
  const decided = decideCommand(
    { command: 'delete', target: { by: 'id', value: id }, asker: askerOf(bringer), expected: null, faults: [] },
    desk.snapshot,
    desk.moment,
  );
  if ('effects' in decided) {
    desk.doesFor(bringer, decided.effects);
  }
}

/** Agents who press something act as themselves. */
export function askerOf({ agentId }: Press): Asker {
  return { actor: { kind: 'agent', id: agentId ?? '' }, onBehalfOf: null, admin: false };
}
