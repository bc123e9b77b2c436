import type { CallFact } from '../fact/call-fact.js';
import type { VoicemailFact } from '../fact/voicemail-fact.js';
import { externalIdAt, interactionId } from '../identifiers.js';
import { cloudEventHeaders, sequenceOf } from './cloud-event.js';
import { callConversationKey } from './conversation-key.js';
import { headerSafe, type InteractionRecord } from './interaction-record.js';
import { interactionTopic } from './topics.js';

/** `ce_type` of a record that holds a fact about an interaction, not the whole of one. */
export const FACT_RECORD_TYPE = 'io.casewright.fact.received.v1';

/** Names the request by which a person has facts told again; a record without it is told by its source. */
export const REPLAY_HEADER = 'x-replay';

/** The interaction that a fact about a call is folded into. */
export function callInteractionId({ accountId, origin, callId }: CallFact): string {
  return interactionId(accountId, 'call', externalIdAt(origin.connection, callId));
}

/** The interaction that a fact about a voicemail is folded into. */
export function voicemailInteractionId({ accountId, origin, voicemailId }: VoicemailFact): string {
  return interactionId(accountId, 'voicemail', externalIdAt(origin.connection, voicemailId));
}

/** The interaction that a fact is folded into, whatever it is about. */
export function interactionIdOfFact(fact: CallFact | VoicemailFact): string {
  return fact.channel === 'call' ? callInteractionId(fact) : voicemailInteractionId(fact);
}

/**
 * The record of a fact about a call or a voicemail on the topic of its channel (events.md §2). `id`: of its interaction, where
 * that is known already.
 */
export function factRecord(
  fact: CallFact | VoicemailFact,
  traceParent?: string,
  id: string = interactionIdOfFact(fact),
): InteractionRecord {
  const { accountId, channel, origin } = fact;
  const isCall = channel === 'call';
  // A call and what continues it go to one partition as far as the fact knows; no rule relies on it.
  const root = isCall ? (fact.parentCallId ?? fact.callId) : (fact.callId ?? fact.voicemailId);
  const key = callConversationKey(accountId, externalIdAt(origin.connection, root));
  const headers = cloudEventHeaders({
    id: fact.id,
    source: `/accounts/${accountId}/channels/${channel}`,
    type: FACT_RECORD_TYPE,
    subject: `interactions/${id}`,
    time: origin.at,
    recordedTime: origin.receivedAt,
    dataSchema: `/schemas/${channel}-fact.v1.json`,
    accountId,
    partitionKey: headerSafe(key),
    sequence: typeof origin.sequence === 'number' ? sequenceOf(origin.sequence) : undefined,
    traceParent,
  });
  headers['x-channel'] = channel;
  headers['x-external-id'] = headerSafe(externalIdAt(origin.connection, isCall ? fact.callId : fact.voicemailId));
  return { topic: interactionTopic(channel), key, value: JSON.stringify(fact), headers };
}
