import type { CallEnd, CallFact, CallFactKind, CallTimes, Transfer } from '#libs/interaction';
import { instantOf, told } from '#libs/webhook';
import { callFact, type Arrival, type EventOrigin } from '../facts/arrival.js';
import { numberOf } from '../facts/party.js';
import type { CallType, GenericEvent } from './event.js';
import { saidAgent, saidContext, saidParty, saidRecording, saidTranscript } from './said.js';

const KINDS: Readonly<Record<CallType, CallFactKind>> = {
  'call.started': 'started',
  'call.queued': 'queued',
  'call.ringing': 'ringing',
  'call.answered': 'answered',
  'call.held': 'held',
  'call.resumed': 'resumed',
  'call.transferred': 'transferred',
  'leg.ended': 'leg_ended',
  'call.ended': 'ended',
  'call.recording': 'recording',
  'call.transcript': 'transcript',
};

/** What an event of our own webhook says about a call; nothing for other events. */
export function genericCalls(event: GenericEvent, origin: EventOrigin, arrival: Arrival): readonly CallFact[] {
  const kind = Object.hasOwn(KINDS, event.type) ? KINDS[event.type as CallType] : null;
  if (kind === null || event.call_id === undefined) {
    return [];
  }
  const times = timesOf(event);
  const fact = callFact(arrival, origin, kind, {
    callId: event.call_id,
    parentCallId: event.parent_call_id,
    legId: event.leg_id,
    direction: event.direction,
    from: saidParty(event.from, arrival),
    to: saidParty(event.to, arrival),
    line: event.line === undefined ? null : lineOf(event.line, arrival),
    queue: event.queue,
    agent: saidAgent(event.agent),
    agents: event.agents?.map((agent) => saidAgent(agent)).filter((agent) => agent !== null),
    answeredBy: kind === 'answered' || times?.answeredAt ? answeredBy(event) : null,
    transfer: transferOf(event, arrival),
    end: kind === 'ended' || kind === 'leg_ended' ? endOf(event) : null,
    times,
    recording: event.recording === undefined ? null : saidRecording(event.recording),
    transcript: event.transcript === undefined ? null : saidTranscript(event.transcript),
    context: saidContext(event),
  });
  return [fact];
}

/** Our number in the spelling of the configuration, or an extension as it is. */
export function lineOf(line: string, arrival: Arrival): string {
  return numberOf(line, arrival) ?? line.trim();
}

/** Whoever names an agent was answered by one; an announcement, a menu or a mailbox has none. */
function answeredBy({ by, agent }: GenericEvent): 'agent' | 'system' {
  return by ?? (agent === undefined ? 'system' : 'agent');
}

function transferOf({ transfer }: GenericEvent, arrival: Arrival): Transfer | null {
  return transfer === undefined
    ? null
    : told({
        kind: transfer.kind,
        agent: saidAgent(transfer.agent),
        to: saidParty(transfer.to, arrival),
        newCallId: transfer.new_call_id,
      });
}

function endOf({ ended_by, reason, q850, sip }: GenericEvent): CallEnd {
  return told({ by: ended_by, reason, q850, sip });
}

function timesOf({ started_at, ringing_at, answered_at }: GenericEvent): CallTimes | null {
  if (!started_at && !ringing_at && !answered_at) {
    return null;
  }
  const times: CallTimes = told({
    startedAt: started_at === undefined ? null : instantOf(started_at),
    ringingAt: ringing_at === undefined ? null : instantOf(ringing_at),
    answeredAt: answered_at === undefined ? null : instantOf(answered_at),
  });
  return Object.keys(times).length === 0 ? null : times;
}
