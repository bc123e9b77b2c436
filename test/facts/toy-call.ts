import { callConversationKey, interactionId, type Interaction, type TrustVerdict } from '#libs/interaction';

/** A call as a provider tells it: it began, was answered and ended; what somebody noted may come at any time. */
export type ToyFact = ToyBegun | ToyAnswered | ToyEnded | ToyNote;

interface ToyFactOf<Part extends string> {
  readonly accountId: string;
  readonly callId: string;
  readonly part: Part;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly words: string;
}

export interface ToyBegun extends ToyFactOf<'begun'> {
  readonly from: string;
  readonly to: string;
  readonly proof: TrustVerdict;
  /** Another call that it belongs to. */
  readonly rootCallId: string | null;
}
export type ToyAnswered = ToyFactOf<'answered'>;
export type ToyEnded = ToyFactOf<'ended'>;
export type ToyNote = ToyFactOf<'note'>;

/** What is known of a call so far. Of two facts that say the same part differently, the later one counts. */
export interface ToyCall {
  readonly accountId: string;
  readonly callId: string;
  readonly begun: ToyBegun | null;
  readonly answered: ToyAnswered | null;
  readonly ended: ToyEnded | null;
  /** Each once, by time and words. */
  readonly notes: readonly ToyNote[];
}

/** Commutative, associative and idempotent: the last of each part, and the set of all notes. */
export function mergeToyCall(call: ToyCall | null, fact: ToyFact): ToyCall {
  const { accountId, callId } = fact;
  const { begun = null, answered = null, ended = null, notes = [] } = call ?? {};
  return {
    accountId,
    callId,
    begun: fact.part === 'begun' ? laterOf(begun, fact) : begun,
    answered: fact.part === 'answered' ? laterOf(answered, fact) : answered,
    ended: fact.part === 'ended' ? laterOf(ended, fact) : ended,
    notes: fact.part === 'note' ? withNote(notes, fact) : notes,
  };
}

export function isGoingOn({ begun, answered, ended }: ToyCall): boolean {
  return begun === null || answered === null || ended === null;
}

/** Who called which number is known only from its beginning; the words of a case are those of the three parts. */
export function interactionOfToyCall(call: ToyCall): Omit<Interaction, 'details'> {
  const { accountId, callId, begun, answered, ended, notes } = call;
  const id = interactionId(accountId, 'call', callId);
  const parts = [begun, answered, ended].filter((part) => part !== null);
  const first = [...parts, ...notes].map(({ at }) => at).sort()[0] ?? '';
  return {
    schema: 1,
    id,
    accountId,
    channel: 'call',
    provider: begun === null ? 'unknown' : 'toy',
    externalId: callId,
    conversationKey: callConversationKey(accountId, callId),
    direction: 'inbound',
    source: 'call_inbound',
    occasion: 'call_inbound_answered',
    handling: 'ordinary',
    occurredAt: begun?.at ?? first,
    receivedAt: first,
    endpoint: begun === null ? null : { kind: 'phone_number', address: begun.to },
    sender: begun === null ? { kind: 'anonymous', value: id } : partyOf(begun.from),
    recipients: [],
    trust: { verdict: begun?.proof ?? 'unknown', reason: 'as the toy says' },
    references: begun?.rootCallId ? [{ kind: 'call_id', value: begun.rootCallId, via: 'root_call' }] : [],
    threadKeys: [{ kind: 'call_id', value: callId }],
    content: { subject: `Call ${callId}`, text: parts.map(({ words }) => words).join('\n'), attachments: [] },
    flags: notes.length === 0 ? [] : ['noted'],
  };
}

function partyOf(from: string): Interaction['sender'] {
  return { kind: from.includes('@') ? 'email' : 'phone', value: from };
}

function laterOf<Fact extends ToyFact>(one: Fact | null, other: Fact): Fact {
  return one === null || orderOf(one) < orderOf(other) ? other : one;
}

function withNote(notes: readonly ToyNote[], note: ToyNote): readonly ToyNote[] {
  const byOrder = new Map([...notes, note].map((one) => [orderOf(one), one]));
  return [...byOrder].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

/** Every member, in one order: facts that differ anywhere are told apart. */
function orderOf(fact: ToyFact): string {
  const { at, words } = fact;
  return JSON.stringify([
    at,
    words,
    ...(fact.part === 'begun' ? [fact.from, fact.to, fact.proof, fact.rootCallId] : []),
  ]);
}
