import type { AgentReference, CallEnd, CallFactKind, EndReason } from '#libs/interaction';
import { contentHash, emailOf, known, member, members, nameOf, told } from '#libs/webhook';
import { callFact, type Arrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type EventsRead } from '../facts/event-read.js';
import { partyOf } from '../facts/party.js';

type Plain = Readonly<Record<string, unknown>>;

export const ZAMMAD_SECRETS: ReadonlySet<string> = new Set();

const KINDS: Readonly<Record<string, CallFactKind>> = { newCall: 'started', answer: 'answered', hangup: 'ended' };

/** docs.zammad.org, api/generic-cti/hangup-event: the caller gave up with `cancel`; nobody says who ended with the others. */
const CAUSES: Readonly<Record<string, { readonly reason: EndReason; readonly by?: 'caller'; readonly q850?: number }>> =
  {
    normalClearing: { reason: 'completed', q850: 16 },
    busy: { reason: 'busy', q850: 17 },
    cancel: { reason: 'cancelled', by: 'caller' },
    noAnswer: { reason: 'no_answer' },
    congestion: { reason: 'failed', q850: 34 },
    notFound: { reason: 'failed', q850: 1 },
    forwarded: { reason: 'transferred' },
  };

/**
 * Reads an event of Zammad's generic CTI, as JSON or form. It has no time and no id: its time is that of receipt, its id
 * is made of call, event and the leg's answering number.
 */
export function readZammad(plain: Plain, arrival: Arrival): EventsRead {
  const event = member(plain, 'event');
  const callId = nameOf(member(plain, 'callId', 'call_id'));
  if (event === null || callId === null) {
    const missing = event === null ? '/event' : '/callId';
    return wrongBody({ pointer: missing, code: 'required', detail: 'is missing, or longer than 200 characters' });
  }
  const eventId = [callId, event, member(plain, 'answeringNumber') ?? ''].join(' ');
  const kind = known(KINDS, event);
  if (kind === undefined) {
    return { ok: true, events: [ignoredEvent(eventId, 'unknown-type', event)] };
  }
  const origin = { eventId, at: null, contentSha256: contentHash(plain, ZAMMAD_SECRETS) };
  const outbound = member(plain, 'direction') === 'out';
  const users = members(plain, 'user', 'user[]', 'caller');
  const fact = callFact(arrival, origin, kind, {
    callId,
    direction: outbound ? 'outbound' : 'inbound',
    from: partyOf({ raw: member(plain, 'from') }, arrival),
    to: partyOf({ raw: member(plain, 'to') }, arrival),
    queue: member(plain, 'queue')?.slice(0, 200),
    agent: kind === 'started' ? null : agentOf(plain, users),
    agents: kind === 'started' ? ringGroup(users) : null,
    answeredBy: kind === 'answered' ? 'agent' : null,
    end: kind === 'ended' ? endOf(member(plain, 'cause')) : null,
  });
  return { ok: true, events: [{ eventId, calls: [fact], voicemails: [], sounds: [], ignored: null }] };
}

/** `answeringNumber` is an extension, a login, an address or an id; without it the one name is all there is. */
function agentOf(plain: Plain, users: readonly string[]): AgentReference | null {
  const answering = member(plain, 'answeringNumber');
  const name = users.length === 1 ? users[0]?.slice(0, 200) : undefined;
  if (answering === null) {
    return name === undefined ? null : { id: name, name };
  }
  const email = emailOf(answering);
  if (email !== null) {
    return told({ email, name });
  }
  return told({
    ...(/^\+?\d{1,15}$/.test(answering) ? { extension: answering } : { id: answering.slice(0, 200) }),
    name,
  });
}

/** Those whom a new call rings at; known by nothing but their names. */
function ringGroup(users: readonly string[]): AgentReference[] | null {
  const agents = users.slice(0, 50).map((name) => told({ id: name.slice(0, 200), name: name.slice(0, 200) }));
  return agents.length === 0 ? null : agents;
}

function endOf(cause: string | null): CallEnd {
  const meaning = cause === null ? undefined : known(CAUSES, cause);
  return told({ ...meaning, providerCode: cause?.slice(0, 100) });
}
