import { factId } from '../identifiers.js';
import type { AgentReference } from '../interaction/parties.js';
import { CallFact } from '../fact/call-fact.js';
import { ContactFact } from '../fact/contact-fact.js';
import type { FactContext } from '../fact/fact-context.js';
import { VoicemailFact } from '../fact/voicemail-fact.js';
import { contractReader, readJson, type Refused } from './read-contract.js';

/** UTF-16 units of the JSON of what a provider adds of its own. */
const LONGEST_DATA = 8 * 1024;

export type ParsedCallFact = { readonly ok: true; readonly fact: CallFact } | Refused;
export type ParsedVoicemailFact = { readonly ok: true; readonly fact: VoicemailFact } | Refused;
export type ParsedContactFact = { readonly ok: true; readonly fact: ContactFact } | Refused;

const readCallFact = contractReader(CallFact, (fact) => wrongWithCall(fact) ?? wrongWithAny(fact));
const readVoicemailFact = contractReader(VoicemailFact, (fact) => wrongWithVoicemail(fact) ?? wrongWithAny(fact));
const readContactFact = contractReader(ContactFact, (fact) => wrongWithContact(fact) ?? wrongWithId(fact));

/** Reads the value of a record of `interactions.call.v1`. Never throws: whatever cannot be a fact says why. */
export function parseCallFact(value: Buffer | string | null): ParsedCallFact {
  const json = readJson(value);
  return json.ok ? checkCallFact(json.value) : json;
}

/** Reads the value of a record of `interactions.voicemail.v1`. Never throws: whatever cannot be a fact says why. */
export function parseVoicemailFact(value: Buffer | string | null): ParsedVoicemailFact {
  const json = readJson(value);
  return json.ok ? checkVoicemailFact(json.value) : json;
}

/** Reads the value of a record of `interactions.contact.v1` that holds a fact. Never throws: whatever cannot be one says why. */
export function parseContactFact(value: Buffer | string | null): ParsedContactFact {
  const json = readJson(value);
  return json.ok ? checkContactFact(json.value) : json;
}

/** Validates an object against the contract. */
export function checkContactFact(plain: unknown): ParsedContactFact {
  const read = readContactFact(plain);
  return read.ok ? { ok: true, fact: read.value } : read;
}

/** Validates an object against the contract. */
export function checkCallFact(plain: unknown): ParsedCallFact {
  const read = readCallFact(plain);
  return read.ok ? { ok: true, fact: read.value } : read;
}

/** Validates an object against the contract. */
export function checkVoicemailFact(plain: unknown): ParsedVoicemailFact {
  const read = readVoicemailFact(plain);
  return read.ok ? { ok: true, fact: read.value } : read;
}

function wrongWithCall(fact: CallFact): string | null {
  const { kind, transfer, answeredBy, times, recording, transcript } = fact;
  const nameless = agentsIn(fact).find(([, one]) => isTold(one) && !isNamed(one));
  if (nameless !== undefined) {
    return `${nameless[0]}: is named by none of email, extension and id`;
  }
  if ((kind === 'answered' || isTold(times?.answeredAt)) && !isTold(answeredBy)) {
    return 'answeredBy: is needed where it says when the call was answered';
  }
  if (kind === 'transferred' && !isTold(transfer)) {
    return 'transfer: is needed for transferred';
  }
  return missingSound(kind, recording, transcript);
}

/** Each with its place. */
function agentsIn({ agent, agents, transfer }: CallFact): [string, AgentReference | null | undefined][] {
  const rang = (agents ?? []).map((one, index): [string, AgentReference] => [`agents.${index}`, one]);
  return [['agent', agent], ['transfer.agent', transfer?.agent], ...rang];
}

function wrongWithVoicemail({ kind, recording, transcript }: VoicemailFact): string | null {
  return missingSound(kind, recording, transcript);
}

function missingSound(kind: string, recording: unknown, transcript: unknown): string | null {
  if (kind === 'recording' && !isTold(recording)) {
    return 'recording: is needed for recording';
  }
  return kind === 'transcript' && !isTold(transcript) ? 'transcript: is needed for transcript' : null;
}

function wrongWithContact({ kind, contact, emails, phones, mergedExternalIds }: ContactFact): string | null {
  if (!isTold(contact)) {
    const isFound = kind === 'upserted' && [...(emails ?? []), ...(phones ?? [])].length > 0;
    return isFound ? null : 'contact: is needed where no address of an upsert names the contact';
  }
  return kind === 'merged' && (mergedExternalIds ?? []).length === 0 ? 'mergedExternalIds: is needed for merged' : null;
}

function wrongWithAny(fact: CallFact | VoicemailFact): string | null {
  return (
    wrongWithId(fact) ??
    (isTooLong(fact.context?.data) ? `context.data: is longer than ${LONGEST_DATA} characters` : null)
  );
}

function wrongWithId({ id, accountId, channel, origin }: CallFact | VoicemailFact | ContactFact): string | null {
  return id === factId(accountId, channel, origin) ? null : 'id: is not derived from account, channel and origin';
}

function isTooLong(data: FactContext['data']): boolean {
  return isTold(data) && JSON.stringify(data).length > LONGEST_DATA;
}

function isNamed({ email, extension, id }: AgentReference): boolean {
  return isTold(email) || isTold(extension) || isTold(id);
}

function isTold<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
