import { foldKind, type FoldKind, type ParsedFact } from '#libs/case-domain';
import {
  callConversationKey,
  cloudEventHeaders,
  derivedEventId,
  interactionId,
  interactionTopic,
  type InteractionRecord,
} from '#libs/interaction';
import { interactionOfToyCall, isGoingOn, mergeToyCall, type ToyCall, type ToyFact } from './toy-call.js';

export const TOY_TOPIC = interactionTopic('call');

/** A kind of facts that no production build knows: calls, told in three parts and notes. */
export const TOY_FOLD: FoldKind = foldKind<ToyFact, ToyCall>({
  topic: TOY_TOPIC,
  parse: parseToyFact,
  merge: mergeToyCall,
  interactionOf: interactionOfToyCall,
  waits: isGoingOn,
});

/** The same fact always has the same id. */
export function toyFactId({ accountId, callId, part, at, words }: ToyFact): string {
  return derivedEventId('toy fact', accountId, callId, part, at, words);
}

/** The record of a fact; the key is by chance where a test wants it in any partition. */
export function toyRecord(fact: ToyFact, key?: string): InteractionRecord {
  const { accountId, callId, at } = fact;
  const conversationKey = callConversationKey(accountId, callId);
  return {
    topic: TOY_TOPIC,
    key: key ?? conversationKey,
    value: JSON.stringify(fact),
    headers: cloudEventHeaders({
      id: toyFactId(fact),
      source: `/accounts/${accountId}/channels/call`,
      type: 'io.casewright.toy.told.v1',
      subject: `interactions/${interactionId(accountId, 'call', callId)}`,
      time: at,
      dataSchema: '/schemas/toy-fact.json',
      accountId,
      partitionKey: conversationKey,
    }),
  };
}

export function parseToyFact(value: Buffer | null): ParsedFact<ToyFact> {
  const plain = plainOf(value);
  return isToyFact(plain)
    ? { ok: true, fact: { accountId: plain.accountId, ...idsOf(plain), data: plain } }
    : { ok: false, reason: 'invalid', detail: 'it is no part of a call' };
}

function idsOf(fact: ToyFact) {
  return { id: toyFactId(fact), interactionId: interactionId(fact.accountId, 'call', fact.callId) };
}

function plainOf(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString('utf8') ?? 'null');
  } catch {
    return null;
  }
}

const MEMBERS = ['accountId', 'callId', 'part', 'at', 'words'];
const PARTS = ['begun', 'answered', 'ended', 'note'];

function isToyFact(plain: unknown): plain is ToyFact {
  const fact = plain as Record<string, unknown> | null;
  const isText = (member: string): boolean => typeof fact?.[member] === 'string';
  return (
    MEMBERS.every(isText) &&
    PARTS.includes(fact?.['part'] as string) &&
    (fact?.['part'] !== 'begun' || ['from', 'to', 'proof'].every(isText))
  );
}
