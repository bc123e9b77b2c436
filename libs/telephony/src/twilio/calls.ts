import type { CallEnd, CallFact, CallFactKind, CallParty, EndReason } from '#libs/interaction';
import { known, later, member, nameOf, secondsOf, told } from '#libs/webhook';
import { callFact, type Arrival, type EventOrigin } from '../facts/arrival.js';
import { partyOf } from '../facts/party.js';

type Plain = Readonly<Record<string, unknown>>;

const ENDS: Readonly<Record<string, EndReason>> = {
  completed: 'completed',
  busy: 'busy',
  failed: 'failed',
  'no-answer': 'no_answer',
  canceled: 'cancelled',
};
/** Of the call itself; a script that answers has connected nobody. */
const OF_THE_CALL: Readonly<Record<string, CallFactKind>> = {
  queued: 'started',
  initiated: 'started',
  ringing: 'started',
  'in-progress': 'answered',
  answered: 'answered',
};
/** Of a leg that was dialled for it. */
const OF_A_LEG: Readonly<Record<string, CallFactKind>> = {
  ...OF_THE_CALL,
  queued: 'ringing',
  initiated: 'ringing',
  ringing: 'ringing',
};

/**
 * What a request about a call says (twilio.com/docs/voice/twiml and …/api/call-resource, statuscallback). A leg that was dialled
 * names the call it belongs to in `ParentCallSid`: its being up is what connects an agent, never the call's own `in-progress`.
 */
export function twilioCalls(plain: Plain, origin: EventOrigin, arrival: Arrival): readonly CallFact[] {
  const status = member(plain, 'CallStatus');
  const callSid = nameOf(member(plain, 'CallSid'));
  if (status === null || callSid === null) {
    return [];
  }
  const parent = nameOf(member(plain, 'ParentCallSid'));
  const own =
    parent === null
      ? ofTheCall(plain, status, callSid)
      : ofALeg(plain, status, { parent, callSid, at: atOf(origin, arrival) });
  const dialled = ofTheDialled(plain, parent ?? callSid, atOf(origin, arrival));
  const queued = ofTheQueue(plain, callSid);
  const parts = [own, dialled, queued].filter((one) => one !== null);
  return parts.map(({ kind, ...rest }, part) =>
    callFact(arrival, origin, kind, withParties(plain, rest, arrival), part),
  );
}

type Part = Pick<CallFact, 'kind' | 'callId'> & Partial<CallFact>;

function atOf(origin: EventOrigin, arrival: Arrival): string {
  return origin.at ?? arrival.receivedAt;
}

function ofTheCall(plain: Plain, status: string, callId: string): Part | null {
  const kind = known(ENDS, status) === undefined ? known(OF_THE_CALL, status) : 'ended';
  if (kind === undefined) {
    return null;
  }
  const hasEnd = kind === 'ended';
  return {
    kind,
    callId,
    direction: directionOf(plain),
    agent: agentOf(member(plain, 'From')),
    answeredBy: kind === 'answered' ? 'system' : null,
    menuChoice: kind === 'answered' ? member(plain, 'Digits')?.slice(0, 200) : null,
    end: hasEnd ? endOf(plain, status) : null,
  };
}

function ofALeg(
  plain: Plain,
  status: string,
  { parent, callSid, at }: { readonly parent: string; readonly callSid: string; readonly at: string },
): Part | null {
  const kind = known(ENDS, status) === undefined ? known(OF_A_LEG, status) : 'leg_ended';
  if (kind === undefined) {
    return null;
  }
  const talked = secondsOf(member(plain, 'CallDuration'));
  const answeredAt = status === 'completed' && talked !== null && talked > 0 ? later(at, -talked) : null;
  const to = member(plain, 'To');
  return {
    kind,
    callId: parent,
    legId: callSid,
    agent: to === null ? null : told({ id: to.slice(0, 200) }),
    answeredBy: kind === 'answered' || answeredAt !== null ? 'agent' : null,
    end: kind === 'leg_ended' ? endOf(plain, status) : null,
    times: answeredAt === null ? null : { answeredAt },
  };
}

/** The `action` of `<Dial>` tells the call how its dialled leg ended. */
function ofTheDialled(plain: Plain, callId: string, at: string): Part | null {
  const status = member(plain, 'DialCallStatus');
  const legId = nameOf(member(plain, 'DialCallSid'));
  if (status === null || legId === null) {
    return null;
  }
  const talked = secondsOf(member(plain, 'DialCallDuration'));
  const isUp = (status === 'completed' || status === 'answered') && talked !== null && talked > 0;
  const reason = status === 'answered' ? 'completed' : known(ENDS, status);
  return {
    kind: 'leg_ended',
    callId,
    legId,
    answeredBy: isUp ? 'agent' : null,
    end: told({ reason, providerCode: status.slice(0, 100) }),
    times: isUp ? { answeredAt: later(at, -talked) } : null,
  };
}

/** `<Enqueue>`: that the caller waits, and that the caller gave up. */
function ofTheQueue(plain: Plain, callId: string): Part | null {
  const queue = member(plain, 'QueueSid')?.slice(0, 200);
  const result = member(plain, 'QueueResult');
  if (result === 'hangup') {
    return { kind: 'ended', callId, queue, end: { by: 'caller', reason: 'cancelled', providerCode: 'hangup' } };
  }
  return queue === undefined || result !== null ? null : { kind: 'queued', callId, queue };
}

function endOf(plain: Plain, status: string): CallEnd {
  const sip = Number(member(plain, 'SipResponseCode') ?? Number.NaN);
  return told({
    by: status === 'canceled' ? 'caller' : null,
    reason: known(ENDS, status),
    providerCode: status,
    sip: Number.isInteger(sip) && sip >= 100 && sip <= 699 ? sip : null,
  });
}

/** A call that one of our own devices begins goes out, though Twilio calls it inbound. */
function directionOf(plain: Plain): 'inbound' | 'outbound' {
  const inbound = (member(plain, 'Direction') ?? 'inbound') === 'inbound';
  return inbound && agentOf(member(plain, 'From')) === null ? 'inbound' : 'outbound';
}

function agentOf(address: string | null): { id: string } | null {
  return address !== null && /^client:/i.test(address) ? told({ id: address.slice(0, 200) }) : null;
}

function withParties(plain: Plain, rest: Omit<Part, 'kind'>, arrival: Arrival): Omit<Part, 'kind'> {
  const divertedFrom = partyOf({ raw: member(plain, 'ForwardedFrom') }, arrival);
  // What the parent's request says of a dialled leg says nothing of whom it rang.
  const ofOtherLeg = rest.legId !== undefined && rest.legId !== member(plain, 'CallSid');
  return ofOtherLeg ? rest : { ...rest, ...twilioParties(plain, arrival), divertedFrom };
}

/** Caller and called, with the name that a lookup found and how far the carrier vouches (STIR/SHAKEN). */
export function twilioParties(
  plain: Plain,
  arrival: Arrival,
): { readonly from: CallParty | null; readonly to: CallParty | null } {
  const from = partyOf({ raw: member(plain, 'From', 'Caller'), name: member(plain, 'CallerName') }, arrival);
  const level = /^TN-Validation-Passed-([ABC])/.exec(member(plain, 'StirVerstat') ?? '')?.[1] as
    'A' | 'B' | 'C' | undefined;
  return {
    from: from === null ? null : told({ ...from, attestation: level }),
    to: partyOf({ raw: member(plain, 'To', 'Called') }, arrival),
  };
}
