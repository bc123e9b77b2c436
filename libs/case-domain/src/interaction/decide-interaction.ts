import type { Interaction } from '#libs/interaction';
import {
  attachAgentMessage,
  attachAutomatic,
  attachCustomerMessage,
  attachDialled,
  attachInternal,
  attachUnanswered,
} from './attach.js';
import { surplusOf } from './back-stop.js';
import { withCaller } from '../caller/thread-of-caller.js';
import { type CaseState, isLive } from '../case/case-state.js';
import { createCase } from './create.js';
import type { InteractionDecision } from '../decision/decision.js';
import type { Moment } from '../decision/moment.js';
import { continuationOf, isReopenable } from './follow-up.js';
import { asHeard, reasonsOfForward } from '../people/forward.js';
import { isSpoken, knownIdentity, speakerOf } from '../people/people.js';
import { joinConversation, withJoin } from '../thread/join-conversation.js';
import { isJoined } from '../decision/verdict.js';
import { withRevision } from '../revision/revise-case.js';
import { holdOf } from './quarantine.js';
import { type Asked, because, duplicate, recorded, suspended, withheld, type Situation } from './situation.js';
import type { Snapshot } from '../decision/snapshot.js';
import { standingOf, type Standing } from '../people/standing.js';
import { firstOfMessage } from '../message/same-message.js';
import { withItsCall } from '../message/its-call.js';
import { findThread } from '../thread/thread.js';

/**
 * What becomes of an interaction (domain.md §6). Pure, and the same for every channel. First hit wins:
 * 1. what must never touch a case, such as our own mail coming back or a call between two of us, is recorded;
 * 2. thread: the case that it belongs to, merges followed, of a call and of a message else that of the other of the two
 *    (`withItsCall`), else by who calls (`withCaller`); cases that waited for it are joined with that one;
 * 3. what we sent joins its case or is recorded; a call of ours that was taken may open, reopen and follow up;
 * 4. a blocked sender is recorded;
 * 5. what is not to be believed waits for a person, unless one has released it;
 *    and a message that came before, another way, is that one's double;
 * 6. automatic messages join a live case and change nothing, or are recorded;
 * 7. no case, or one in the trash: a new case;
 * 8. a stranger to the case: internal and flagged while it lives, else a new case;
 * 9. an agent: joins without a change of status;
 * 10. a live case is joined, opened or reopened;
 * 11. else the family's continuation is joined, or a follow-up made.
 * What comes out is carried out unless its sender has had more than is let through (`surplusOf`).
 */
export function decideInteraction(
  received: Interaction,
  snapshot: Snapshot,
  moment: Moment,
  { released = false, asked = null }: { readonly released?: boolean; readonly asked?: Asked | null } = {},
): InteractionDecision {
  const interaction = asHeard(received, snapshot);
  const reasons = reasonsOfForward(received, interaction);
  const thread = withCaller(
    withItsCall(findThread(interaction, snapshot), interaction, snapshot),
    interaction,
    snapshot,
  );
  const join = joinConversation(interaction, thread, snapshot, moment);
  const common = { interaction, moment, released, asked };
  const decideWith = (after: Pick<Situation, 'snapshot' | 'thread'>, why: readonly string[]): InteractionDecision =>
    withFamily(decideIn({ ...common, ...after, reasons: [...why] }), interaction, after.snapshot, moment);
  const joined = join && withJoin(decideWith(join, [...reasons, JOINED]), join);
  const decision = joined ?? decideWith({ snapshot, thread }, reasons);
  const surplus = released ? null : surplusOf(interaction, decision.verdict, snapshot);
  return surplus === null ? decision : withheld(interaction, decision, surplus);
}

/** A call or a message that joins the case of its family makes the case say what all of it says. */
function withFamily(
  decision: InteractionDecision,
  interaction: Interaction,
  snapshot: Snapshot,
  moment: Moment,
): InteractionDecision {
  const { verdict, effects } = decision;
  const counts = isSpoken(interaction) && (interaction.direction === 'inbound' || interaction.outcome === 'answered');
  const main = isJoined(verdict) && counts ? effects.cases.find(({ state }) => state.id === verdict.caseId) : undefined;
  if (main === undefined) {
    return decision;
  }
  const last = effects.cases.findLast(({ state, change }) => {
    return state.id === main.state.id && change.kind !== 'threading_conflict';
  });
  const known = { before: null, after: interaction };
  return { ...decision, effects: withRevision(effects, last ?? main, known, snapshot, moment) };
}

const JOINED = 'Cases that were waiting for it are the same conversation: they are one now.';

function decideIn(situation: Situation): InteractionDecision {
  const { interaction, snapshot, thread } = situation;
  const target = thread.target;
  if (interaction.handling === 'record_only') {
    return interaction.flags.includes('test')
      ? recorded(because(situation, 'It was sent to try the connection.'), 'test', null)
      : recorded(because(situation, 'It may be kept only: it is our own message or a copy of one.'), 'own_loop', null);
  }
  if (interaction.direction === 'internal') {
    return recorded(because(situation, 'It was between two of us.'), 'internal_call', null);
  }
  if (interaction.direction === 'outbound') {
    return decideOutbound(situation, target);
  }
  if (situation.asked === null && knownIdentity(speakerOf(interaction), snapshot)?.blocked === true) {
    return recorded(because(situation, 'The sender is blocked.'), 'blocked_sender', target?.id ?? null);
  }
  const hold = situation.released ? null : holdOf(interaction, snapshot);
  if (hold !== null) {
    return suspended(because(situation, hold.sentence), hold.reason);
  }
  const first = firstOfMessage(interaction, snapshot);
  if (first !== null) {
    return duplicate(because(situation, 'It is a message that came before, another way.'), first);
  }
  if (interaction.handling === 'attach_only') {
    return decideAutomatic(situation, target);
  }
  return target === null
    ? createCase(because(situation, 'Nothing leads to a case.'), null)
    : decideOnTarget(situation, target);
}

function decideOutbound(situation: Situation, target: CaseState | null): InteractionDecision {
  if (isSpoken(situation.interaction)) {
    return decideDialled(situation, target);
  }
  return target !== null && isLive(target)
    ? attachAgentMessage(because(situation, 'It was sent by us and belongs to a live case.'), target)
    : recorded(because(situation, 'It was sent by us and belongs to no live case.'), 'outbound', target?.id ?? null);
}

/** A call of ours that nobody took says nothing to a case; one that was taken is a conversation like any other. */
function decideDialled(situation: Situation, target: CaseState | null): InteractionDecision {
  if (situation.interaction.outcome !== 'answered') {
    return target !== null && isLive(target)
      ? attachUnanswered(because(situation, 'Nobody took it: it shows in its case and changes nothing.'), target)
      : recorded(because(situation, 'Nobody took it, and it belongs to no live case.'), 'outbound', target?.id ?? null);
  }
  if (target === null) {
    return createCase(because(situation, 'Nothing leads to a case.'), null);
  }
  if (target.deletedAt !== null) {
    return createCase(because(situation, 'Its case is in the trash.'), { kind: 'related', to: target });
  }
  return takes(target, 'participant', situation)
    ? attachDialled(because(situation, 'An agent of ours talked with the customer.'), target)
    : followUp(because(situation, 'The case takes no more calls.'), target, 'participant');
}

function decideAutomatic(situation: Situation, target: CaseState | null): InteractionDecision {
  if (target === null || !isLive(target)) {
    return recorded(
      because(situation, 'It is automatic and belongs to no live case.'),
      'automatic',
      target?.id ?? null,
    );
  }
  const { interaction, snapshot, thread } = situation;
  const standing = standingOf(interaction, target, thread.evidence.rule, snapshot);
  return attachAutomatic(
    because(situation, 'It is automatic: it joins its case and changes nothing.'),
    target,
    standing,
  );
}

function decideOnTarget(situation: Situation, target: CaseState): InteractionDecision {
  if (target.deletedAt !== null) {
    return createCase(because(situation, 'Its case is in the trash.'), { kind: 'related', to: target });
  }
  const { interaction, snapshot, thread } = situation;
  const known = standingOf(interaction, target, thread.evidence.rule, snapshot);
  // What leads a call to a case is a fact of the telephone system or an agent's choice, whoever speaks.
  const standing = known === 'stranger' && isSpoken(interaction) ? 'participant' : known;
  if (standing === 'stranger') {
    return isLive(target)
      ? attachInternal(because(situation, 'The sender is unknown to the case.'), target)
      : createCase(because(situation, 'The case is closed and not the sender’s.'), { kind: 'related', to: target });
  }
  if (takes(target, standing, situation)) {
    return join(because(situation, `The sender is known to the case as ${standing}.`), target, standing);
  }
  return followUp(because(situation, 'The case takes no more messages.'), target, standing);
}

/** An agent's word changes no status, so it needs no reopening. */
function takes(target: CaseState, standing: Standing, { snapshot, moment }: Situation): boolean {
  const settled = target.category === 'resolved' && standing !== 'agent';
  return isLive(target) && (!settled || isReopenable(target, snapshot, moment.now));
}

function join(situation: Situation, target: CaseState, standing: Standing): InteractionDecision {
  if (situation.interaction.direction === 'outbound') {
    return attachDialled(situation, target);
  }
  return standing === 'agent' ? attachAgentMessage(situation, target) : attachCustomerMessage(situation, target);
}

/** The standing in the earlier case counts in its family: whoever took part there may go on. */
function followUp(situation: Situation, before: CaseState, standing: Standing): InteractionDecision {
  const continuation = continuationOf(before, situation.snapshot, situation.moment.now);
  return continuation === null
    ? createCase(because(situation, 'Its family has no case to go on with.'), { kind: 'follow_up', to: before })
    : join(because(situation, 'Its family goes on in another case.'), continuation, standing);
}
