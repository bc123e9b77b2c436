import type { AgentReference, CallFactKind, CallTimes, FactContext, Recording } from '#libs/interaction';
import { contentHash, emailOf, known, later, member, nameOf, secondsOf, told } from '#libs/webhook';
import { callFact, voicemailFact, type Arrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type EventsRead } from '../facts/event-read.js';
import { partyOf } from '../facts/party.js';
import { BODY_SECRET } from './verify.js';

type Plain = Readonly<Record<string, unknown>>;

export const TALKDESK_SECRETS: ReadonlySet<string> = new Set([BODY_SECRET, 'recording_url', 'auth']);

interface Trigger {
  readonly kind: CallFactKind;
  readonly direction: 'inbound' | 'outbound';
}

/** By the letters of a trigger's name, which is spelled in several ways (field.md §3.1). */
const TRIGGERS: Readonly<Record<string, Trigger>> = {
  inboundcallreachescontactcenter: { kind: 'started', direction: 'inbound' },
  inboundcallstarts: { kind: 'ringing', direction: 'inbound' },
  inboundcallends: { kind: 'ended', direction: 'inbound' },
  outboundcallstarts: { kind: 'started', direction: 'outbound' },
  outboundcallends: { kind: 'ended', direction: 'outbound' },
};

/**
 * Reads the body of a trigger. It has no time of its own, so that of receipt counts, and what lasted is told in seconds before it. An
 * agent who is named and talked answered the call; nothing else says so.
 */
export function readTalkdesk(plain: Plain, arrival: Arrival): EventsRead {
  const event = said(plain, 'event');
  const callId = nameOf(said(plain, 'call_id') ?? said(plain, 'interaction_id'));
  if (event === null) {
    return wrongBody({ pointer: '/event', code: 'required', detail: 'is missing' });
  }
  const letters = event.toLowerCase().replace(/[^a-z]/g, '');
  const trigger = known(TRIGGERS, letters);
  if (trigger === undefined) {
    return { ok: true, events: [ignoredEvent([callId ?? '', event].join(' ').trim(), 'unknown-type', event)] };
  }
  if (callId === null) {
    return wrongBody({ pointer: '/call_id', code: 'required', detail: 'is missing, or longer than 200 characters' });
  }
  const origin = { eventId: `${callId} ${letters}`, at: null, contentSha256: contentHash(plain, TALKDESK_SECRETS) };
  const [customer, ours] = partiesOf(plain, arrival);
  const parties = trigger.direction === 'inbound' ? { from: customer, to: ours } : { from: ours, to: customer };
  const recording = recordingOf(plain, callId);
  const isMessage = recording !== null && isVoicemail(plain, arrival);
  const agent = agentOf(plain);
  const times = trigger.kind === 'ended' ? timesOf(plain, agent, arrival) : null;
  const own = callFact(arrival, origin, trigger.kind, {
    callId,
    direction: trigger.direction,
    ...parties,
    agent,
    menuChoice: said(plain, 'phone_ivr')?.slice(0, 200),
    answeredBy: times?.answeredAt ? 'agent' : null,
    times,
    end:
      trigger.kind === 'ended'
        ? told({
            reason: isMessage ? ('voicemail' as const) : null,
            providerCode: said(plain, 'hangup')?.slice(0, 100),
          })
        : null,
    context: contextOf(plain),
  });
  const sound =
    recording === null || isMessage ? [] : [callFact(arrival, origin, 'recording', { callId, recording }, 1)];
  const voicemails = isMessage
    ? [voicemailFact(arrival, origin, 'left', { voicemailId: recording.id, callId, ...parties, recording })]
    : [];
  const address = said(plain, 'recording_url');
  const sounds = recording === null || address === null ? [] : [{ recordingId: recording.id, address }];
  return { ok: true, events: [{ eventId: origin.eventId, calls: [own, ...sound], voicemails, sounds, ignored: null }] };
}

/** A value by our template's name, by the placeholder's (`agent.email`), or nested (`agent: { email }`). */
function said(plain: Plain, name: string): string | null {
  const flat = member(plain, name, name.replace('_', '.'));
  const [first = '', ...rest] = name.split('_');
  const inside = plain[first];
  const nested = typeof inside === 'object' && inside !== null ? member(inside as Plain, rest.join('_')) : null;
  return flat ?? nested;
}

function partiesOf(plain: Plain, arrival: Arrival) {
  const phone = said(plain, 'contact_phone_number') ?? said(plain, 'contact_phone');
  const customer = partyOf({ raw: phone, name: said(plain, 'contact_name') }, arrival);
  const ours = partyOf({ raw: member(plain, 'talkdesk_phone_number') }, arrival);
  return [customer, ours] as const;
}

function agentOf(plain: Plain): AgentReference | null {
  const email = emailOf(said(plain, 'agent_email'));
  const id = nameOf(said(plain, 'agent_id'));
  const name = said(plain, 'agent_name')?.slice(0, 200);
  return email === null && id === null ? null : told({ email, id, name });
}

function timesOf(plain: Plain, agent: AgentReference | null, { receivedAt }: Arrival): CallTimes | null {
  const talked = secondsOf(said(plain, 'duration'));
  const waited = secondsOf(said(plain, 'waiting_time'));
  const whole =
    secondsOf(said(plain, 'total_duration')) ??
    (talked === null && waited === null ? null : (talked ?? 0) + (waited ?? 0));
  const startedAt = later(receivedAt, whole === null ? null : -whole);
  const times: CallTimes = told({
    startedAt,
    queuedAt: waited !== null && waited > 0 ? startedAt : null,
    answeredAt: agent !== null && talked !== null && talked > 0 ? later(receivedAt, -talked) : null,
  });
  return Object.keys(times).length === 0 ? null : times;
}

function recordingOf(plain: Plain, callId: string): Recording | null {
  return said(plain, 'recording_url') === null
    ? null
    : { id: nameOf(said(plain, 'recording_id')) ?? callId, status: 'pending' };
}

function isVoicemail(plain: Plain, { path }: Arrival): boolean {
  const type = member(plain, 'recording_type', 'type', 'interaction_type', 'interaction.type');
  return type === null ? path === 'voicemails' && agentOf(plain) === null : type.toLowerCase() === 'voicemail';
}

/** Other names that the call goes by are kept for people, not as its key. */
function contextOf(plain: Plain): FactContext | null {
  const contactId = said(plain, 'contact_id')?.slice(0, 500);
  const tags = (said(plain, 'tags') ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && tag.length <= 50);
  const names = ['interaction_id', 'interaction_context_id', 'account_id', 'hold_time'];
  const data: Record<string, unknown> = told(
    Object.fromEntries(names.map((name) => [name, said(plain, name)])) as Record<string, string | null>,
  );
  const context: FactContext = told({
    contact: contactId === undefined ? null : { integration: 'talkdesk', externalId: contactId },
    tags: tags.length === 0 ? null : tags.slice(0, 20),
    data: Object.keys(data).length === 0 ? null : data,
  });
  return Object.keys(context).length === 0 ? null : context;
}
