import type { Interaction } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import type { Decision } from '../decision/decision.js';
import { effectsOf } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { customerOf } from '../people/customer.js';
import { bring, type Brought, type CallVerdict } from './bring.js';
import { createWithoutCall } from './create-without-call.js';
import { Desk } from './desk.js';
import { agentOfPress, contactMade, contactMeant, refusalOf, silenceOf } from './judge.js';
import { isMoved, placeOf } from './place.js';
import {
  type CallBarMatter,
  type CallBarRefusal,
  inOrder,
  type KnownCall,
  PARKED_FOR,
  type Press,
  type PressResult,
} from '../decision/press.js';
import { reflect } from './reflect.js';

/** `row`: what the row of the call says from now on; null when that stays. */
export interface CallBarVerdict {
  readonly outcome: 'applied' | 'parked' | 'refused' | 'expired';
  readonly row: CallVerdict | null;
}

export type CallBarDecision = Decision<CallBarVerdict, null>;

/**
 * What becomes of what agents pressed about one call. All events of the call count in their own order, whatever the one in
 * which they arrived; what was applied before counts again, and only the difference is done:
 * 1. events whose agent, case, contact or group is not there are refused
 * 2. without a call a case is opened; an unknown call is waited for
 * 3. the call goes where the agents want it
 * 4. what is said to a closed case is refused
 * 5. the case is told what agents said of the call
 */
export function decideCallBar(matter: CallBarMatter, snapshot: Snapshot, moment: Moment): CallBarDecision {
  const desk = new Desk(snapshot, moment);
  const presses = inOrder(matter.presses).map((press) => withAgent(press, snapshot));
  if (matter.interactionId === null) {
    return withoutCall(presses, desk);
  }
  return matter.call === null
    ? decided(
        presses.map((press) => waiting(press, matter.interactionId, moment)),
        null,
        desk,
      )
    : aboutCall(matter.interactionId, matter.call, presses, desk);
}

function withAgent(press: Press, snapshot: Snapshot): Press {
  return press.isFresh ? { ...press, agentId: agentOfPress(press, snapshot)?.id ?? null } : press;
}

function withoutCall(presses: readonly Press[], desk: Desk): CallBarDecision {
  const results = presses.map((press): PressResult => {
    const reason = refusalOf(press, null, desk.snapshot);
    const created = reason === null ? createWithoutCall(press, desk.snapshot, desk.moment) : null;
    if (created === null) {
      return resultOf(press, null, { state: 'refused', reason: reason ?? 'group-not-found' });
    }
    desk.doesFor(press, created.effects);
    return resultOf(press, null, { state: 'applied', caseId: created.verdict.caseId, created: true });
  });
  return decided(results, null, desk);
}

/** Who pressed it, and what it names, is looked at when its call is there. */
function waiting(press: Press, interactionId: string | null, { now }: Moment): PressResult {
  const isOver = Date.parse(now) - Date.parse(press.event.receivedAt) >= PARKED_FOR;
  return resultOf(press, interactionId, { state: isOver ? 'expired' : 'parked' });
}

function aboutCall(interactionId: string, given: KnownCall, all: readonly Press[], desk: Desk): CallBarDecision {
  const current = caseAt(given.caseId, desk.snapshot);
  const call = { ...given, untouchedAt: given.untouchedAt === current?.version ? given.untouchedAt : null };
  const refused = new Map<Press, CallBarRefusal>();
  const refuse = (press: Press, reason: CallBarRefusal | null): boolean => {
    if (press.isFresh && reason !== null) {
      refused.set(press, reason);
    }
    return !refused.has(press);
  };
  const admitted = all.filter((press) => refuse(press, refusalOf(press, current, desk.snapshot)));
  const before = placeOf(
    admitted.filter(({ isFresh }) => !isFresh),
    desk.snapshot,
  );
  const place = placeOf(admitted, desk.snapshot);
  const isBrought = isMoved(before, place);
  const brought = isBrought ? bring(call, place, desk) : { caseId: call.caseId, opened: false, row: null };
  const there = caseAt(brought.caseId, desk.snapshot);
  const heard = admitted.filter((press) => refuse(press, silenceOf(press, there)));
  const standing = heard.map((press) => withContact(press, call.interaction, desk));
  const isNews = ({ isFresh, caseId }: Press): boolean =>
    isFresh || caseId === null || (brought.row !== null && call.caseId !== brought.caseId);
  const family = [interactionId, ...call.companions];
  const written =
    brought.caseId === null
      ? new Set<string>()
      : reflect({ interactionId, family, caseId: brought.caseId, presses: standing, isNews, place }, desk);
  remember(interactionId, call.interaction, standing.filter(isNews), standing, desk);
  const results = [
    ...[...refused].map(([press, reason]) => resultOf(press, interactionId, { state: 'refused', reason })),
    ...standing.filter(isNews).map((press) => appliedTo(press, interactionId, brought, place.bringer, written)),
  ];
  return decided(results, brought.row, desk);
}

function caseAt(caseId: string | null, snapshot: Snapshot): CaseState | null {
  return caseId === null ? null : (snapshot.cases.get(caseId) ?? null);
}

/** The contact that a fresh event chooses or makes. */
function withContact(press: Press, interaction: Interaction, desk: Desk): Press {
  if (!press.isFresh) {
    return press;
  }
  const made = contactMade(press, customerOf(interaction), desk.snapshot, () => desk.moment.newId());
  if (made?.contact) {
    desk.does(effectsOf({ contacts: [made.contact] }));
  }
  return { ...press, contactId: made?.id ?? contactMeant(press, desk.snapshot) };
}

/** What is kept of a call beside its case: whom the agent chose for the number, and when to call back. */
function remember(
  interactionId: string,
  interaction: Interaction,
  news: readonly Press[],
  all: readonly Press[],
  desk: Desk,
): void {
  const customer = customerOf(interaction);
  const choices = news.flatMap(({ agentId, contactId, event }) => {
    return agentId !== null && contactId !== null && customer?.kind === 'phone'
      ? [{ number: customer.value, contactId, agentId, at: event.occurredAt, eventId: event.id }]
      : [];
  });
  const last = all.filter(({ event }) => event.action === 'callback.schedule').at(-1);
  const callbacks = [last].flatMap((press) => {
    const { agentId = null, event } = press ?? {};
    return press && news.includes(press) && agentId !== null && event?.at
      ? [{ interactionId, eventId: event.id, agentId, at: event.at, number: event.number ?? null }]
      : [];
  });
  desk.does(effectsOf({ contactChoices: choices, callbacks }));
}

function appliedTo(
  press: Press,
  interactionId: string,
  { caseId, opened }: Brought,
  bringer: Press | null,
  written: ReadonlySet<string>,
): PressResult {
  const { event, saidIn } = press;
  const isWritten = caseId !== null && written.has(event.id) && !saidIn.includes(caseId);
  return resultOf(press, interactionId, {
    state: 'applied',
    caseId,
    created: opened && press.isFresh && event.id === bringer?.event.id,
    contactId: press.contactId,
    saidIn: isWritten ? [...saidIn, caseId] : saidIn,
  });
}

function resultOf(
  { event, agentId, contactId, saidIn }: Press,
  interactionId: string | null,
  come: Partial<PressResult> & Pick<PressResult, 'state'>,
): PressResult {
  return { event, interactionId, agentId, reason: null, contactId, caseId: null, created: false, saidIn, ...come };
}

/** The ending of several events together is that of the first: one question has one. */
function decided(results: readonly PressResult[], row: CallVerdict | null, desk: Desk): CallBarDecision {
  desk.does(effectsOf({ presses: results }));
  const [first] = results;
  const outcome = first === undefined || first.state === 'accepted' ? 'applied' : first.state;
  return { verdict: { outcome, row }, effects: desk.effects, evidence: null };
}
