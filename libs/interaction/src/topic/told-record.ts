import type { CallFact } from '../fact/call-fact.js';
import type { ContactFact } from '../fact/contact-fact.js';
import type { VoicemailFact } from '../fact/voicemail-fact.js';
import type { Interaction } from '../interaction/interaction.js';
import { contactFactRecord } from './contact-record.js';
import { factRecord, interactionIdOfFact, REPLAY_HEADER } from './fact-record.js';
import { interactionRecord, type InteractionRecord } from './interaction-record.js';

/** What one event tells: a fact, or the whole of an interaction. */
export type Told = CallFact | VoicemailFact | ContactFact | Interaction;

/** Its record on the topic of its channel. `interactionId`: what `interactionIdOfTold` says of it, where that is known already. */
export function toldRecord(told: Told, traceParent?: string, interactionId?: string | null): InteractionRecord {
  if (!('origin' in told)) {
    return interactionRecord(told, traceParent);
  }
  return told.channel === 'contact'
    ? contactFactRecord(told, traceParent)
    : factRecord(told, traceParent, interactionId ?? undefined);
}

/** The record of what a person has told again: that of its source, with the name of the request. */
export function replayedRecord(told: Told, replayId: string): InteractionRecord {
  const record = toldRecord(told);
  return { ...record, headers: { ...record.headers, [REPLAY_HEADER]: replayId } };
}

/** The interaction that it is about; null of a fact about a contact, which is about none. */
export function interactionIdOfTold(told: Told): string | null {
  if (!('origin' in told)) {
    return told.id;
  }
  return told.channel === 'contact' ? null : interactionIdOfFact(told);
}
