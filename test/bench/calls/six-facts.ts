import { type CallFact, type CallFactKind, factId, factRecord, type InteractionRecord } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { AGENTS, BENCH_LINE } from '../bench-server.js';

/** When a call of the bench is told in six facts. Seconds from its beginning. */
const FACTS: readonly (readonly [kind: CallFactKind, at: number])[] = [
  ['started', 0],
  ['queued', 1],
  ['ringing', 4],
  ['answered', 9],
  ['ended', 95],
  ['recording', 100],
];
export const FACTS_OF_A_CALL = FACTS.length;

/** One of the six facts of each of so many calls, the first of which has the number `from`: those of one call reach the case-builder one by one, as they happen. */
export function factsOfCalls(from: number, count: number, place: number): InteractionRecord[] {
  return Array.from({ length: count }, (_, index) => factRecord(factOf(from + index, place)));
}

/** Every call is of another number, and one of the account's agents answers it. */
function factOf(index: number, place: number): CallFact {
  const [kind, at] = FACTS[place]!;
  const callId = `call-${index}`;
  const receivedAt = new Date().toISOString();
  const happened = new Date(Date.parse(receivedAt) - (100 - at) * 1000).toISOString();
  const eventId = `${callId} ${kind}`;
  const contentSha256 = index.toString(16).padStart(64, '0');
  const origin = { connection: 'generic/bench', eventId, part: 0, contentSha256, at: happened, receivedAt };
  const id = factId(defaultAccountId, 'call', origin);
  const base = { schema: 1, channel: 'call', id, accountId: defaultAccountId, origin, kind, callId } as const;
  return { ...base, ...saidOf(kind, index) };
}

function saidOf(kind: CallFactKind, index: number): Partial<CallFact> {
  const agent = { email: AGENTS[index % AGENTS.length]!, name: `Agent ${index % AGENTS.length}` };
  const onLeg = { legId: `leg-${index}`, agent };
  const number = `+3519${String(10_000_000 + index).slice(-8)}`;
  switch (kind) {
    case 'started':
      return {
        direction: 'inbound',
        from: { raw: number, number, name: `Person ${index}`, presentation: 'allowed' },
        to: { raw: BENCH_LINE, number: BENCH_LINE, presentation: 'allowed' },
      };
    case 'queued':
      return { queue: 'Support' };
    case 'answered':
      return { ...onLeg, answeredBy: 'agent' };
    case 'ended':
      return { end: { by: 'caller', reason: 'completed', q850: 16 } };
    case 'recording':
      return { recording: { id: `recording-${index}`, status: 'pending', mediaType: 'audio/wav', durationMs: 86_000 } };
    default:
      return onLeg;
  }
}
