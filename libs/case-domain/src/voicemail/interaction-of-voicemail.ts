import {
  callConversationKey,
  externalIdAt,
  type Interaction,
  interactionId,
  type Occasion,
  providerOf,
} from '#libs/interaction';
import { hasReused, isTooOld, partyOf } from '../call/interaction-of-call.js';
import { hasMessage, type VoicemailRecord } from './voicemail-record.js';

/**
 * The interaction that a voicemail amounts to so far. It refers to its call and does not bear the call's name:
 * whichever of the two comes first, the other finds it. Where nothing was said it is a missed call: the call's own
 * affair where that is known.
 */
export function interactionOfVoicemail(record: VoicemailRecord): Omit<Interaction, 'details'> {
  const { accountId, connection, voicemailId, said, receivedAt, told } = record;
  const externalId = externalIdAt(connection, voicemailId);
  const id = interactionId(accountId, 'voicemail', externalId);
  const callId = said.callId?.value ?? null;
  const sender = partyOf(said.from?.value ?? null, id);
  const line = said.line?.value ?? said.to?.value.number ?? said.to?.value.extension ?? null;
  const message = hasMessage(record);
  const flags = flagsOf(record);
  return {
    schema: 1,
    id,
    accountId,
    channel: 'voicemail',
    provider: providerOf(connection),
    externalId,
    conversationKey: callConversationKey(accountId, callId ?? externalId),
    direction: 'inbound',
    source: message === false ? 'call_inbound' : 'voicemail',
    occasion: flags.includes('too_old') ? null : occasionOf(message, callId),
    handling: record.test ? 'record_only' : 'ordinary',
    occurredAt: record.leftAt ?? record.firstAt,
    receivedAt,
    outcome: message === null ? null : message ? 'voicemail_left' : 'missed',
    told: told.sequence === null ? { at: told.at } : told,
    endpoint: line === null ? null : { kind: 'phone_number', address: line },
    sender,
    recipients: line === null ? [] : [{ kind: 'phone', value: line, role: 'to' }],
    trust: record.verified
      ? { verdict: 'pass', reason: 'the caller proved it to the telephone system' }
      : { verdict: 'unknown', reason: "a caller's number proves nobody" },
    references: referencesOf(record, callId),
    threadKeys: [],
    content: { subject: subjectOf(sender), text: '', attachments: [] },
    flags,
  };
}

function occasionOf(message: boolean | null, callId: string | null): Occasion | null {
  if (message === false) {
    return callId === null ? 'call_missed' : null;
  }
  return 'voicemail';
}

function referencesOf({ said }: VoicemailRecord, callId: string | null): Interaction['references'] {
  const chosen = said.caseNumber?.value;
  return [
    ...(chosen === undefined ? [] : [{ kind: 'case_number', value: chosen, via: 'chosen_case' } as const]),
    ...(callId === null ? [] : [{ kind: 'call_id', value: callId, via: 'root_call' } as const]),
  ];
}

function subjectOf(sender: Interaction['sender']): string {
  return `Voicemail from ${sender.kind === 'phone' ? sender.value : 'withheld number'}`;
}

function flagsOf(record: VoicemailRecord): string[] {
  return [
    ...(record.test ? ['test'] : []),
    ...(record.implausible ? ['time_implausible'] : []),
    ...(hasReused(record.events) ? ['id_reused'] : []),
    ...(isTooOld(record.receivedAt, record.leftAt ?? record.firstAt) ? ['too_old'] : []),
  ];
}
