import { changeCase, type Changed } from '../../case/change.js';
import type { CaseState } from '../../case/case-state.js';
import type { LeftBehind, NamedInteraction } from '../../decision/named-interaction.js';
import { effectsOf } from '../../decision/effects.js';
import { threadMoves } from '../../thread/thread-moves.js';
import { causedByAsker, type Circumstances } from '../circumstances.js';
import type { MoveInteractionCommand } from '../command.js';
import type { CommandDecision } from '../command-decision.js';
import { caseCalled } from '../names.js';
import type { Refusal } from '../refusal.js';
import { refuse, refuseFaulty, refuseSettled } from '../refuse.js';
import { timesWith, timesWithout } from './heard-times.js';
import { refuseUnsettled } from './unsettled.js';

const NOTHING_LEFT: LeftBehind = { said: [], shared: new Set() };

/**
 * An interaction goes to another case, or off its case. It moves no status: who wants a resolved case taken up again
 * reopens it. Where it is already nothing changes. Both cases live, or it stays.
 */
export function decideMove(
  command: MoveInteractionCommand,
  named: NamedInteraction,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { snapshot, findings } = circumstances;
  const to = command.to === null ? null : caseCalled(command.to, snapshot);
  if (command.to !== null && to === null) {
    const isPurged = snapshot.purged.has(command.to.value);
    findings.fault('/case_id', 'unknown-case', isPurged ? 'The case was purged.' : 'The account has no such case.');
  }
  const from = named.caseId === null ? null : (snapshot.cases.get(named.caseId) ?? null);
  const refused = refuseFaulty(findings) ?? refuseUnsettled(named, from);
  if (refused !== null) {
    return refused;
  }
  if (named.caseId === (to?.id ?? null)) {
    return { verdict: verdictOf('unchanged', named, to), effects: effectsOf({}), evidence: null };
  }
  return refuseEnds(from, to) ?? moved(command, named, { from, to }, circumstances);
}

/** Of the case where it is, and of the one where it is to go. */
function refuseEnds(from: CaseState | null, to: CaseState | null): Refusal | null {
  const leaves = from === null ? null : refuseSettled(from);
  const comes = to === null ? null : refuseSettled(to);
  if (leaves !== null || comes === null) {
    return leaves;
  }
  const { code, detail } = comes;
  return refuse({ code, detail: `Where it is to go: ${detail}` }, to, [{ pointer: '/case_id', code, detail }]);
}

interface Ends {
  readonly from: CaseState | null;
  readonly to: CaseState | null;
}

function moved(
  { thread }: MoveInteractionCommand,
  named: NamedInteraction,
  { from, to }: Ends,
  circumstances: Circumstances,
): CommandDecision {
  const { snapshot, asker } = circumstances;
  const { interaction, caseId } = named;
  const left = snapshot.leftBehind.get(interaction.id) ?? NOTHING_LEFT;
  const ends = { from_case: mentionOf(from), to_case: mentionOf(to), thread };
  const cause = causedByAsker(circumstances, { interaction_id: interaction.id, reason: 'by_hand', ...ends });
  const detached = from === null ? [] : [changeCase(from, 'interaction_detached', without(from, named, left), cause)];
  const attached = to === null ? [] : [changeCase(to, 'interaction_attached', joinedBy(to, named), cause)];
  const relink = {
    interactionId: interaction.id,
    fromCaseId: caseId,
    toCaseId: to?.id ?? null,
    thread,
    by: cause.actor,
    onBehalfOf: asker.onBehalfOf,
    at: cause.at,
  };
  return {
    verdict: verdictOf('done', named, attached[0]?.state ?? null),
    effects: effectsOf({
      cases: [...detached, ...attached],
      relinks: [relink],
      threadMoves: thread
        ? threadMoves(interaction, { from: caseId, to: relink.toCaseId, shared: left.shared }, snapshot)
        : [],
    }),
    evidence: null,
  };
}

function without(from: CaseState, named: NamedInteraction, { said }: LeftBehind): Parameters<typeof changeCase>[2] {
  return { interactionCount: Math.max(from.interactionCount - 1, 0), ...timesWithout(from, named, said) };
}

function joinedBy(to: CaseState, named: NamedInteraction): Parameters<typeof changeCase>[2] {
  return { interactionCount: to.interactionCount + 1, ...timesWith(to, named) };
}

function mentionOf(state: CaseState | null): { readonly id: string; readonly number: number | null } | null {
  return state === null ? null : { id: state.id, number: state.number === null ? null : Number(state.number) };
}

function verdictOf(
  outcome: 'done' | 'unchanged',
  { interaction }: NamedInteraction,
  state: Changed['state'] | null,
): CommandDecision['verdict'] {
  return { outcome, caseId: state?.id ?? null, version: state?.version ?? null, interactionId: interaction.id };
}
