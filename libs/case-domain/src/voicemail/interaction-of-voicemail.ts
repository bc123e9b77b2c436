import { callConversationKey, externalIdAt, type Interaction, interactionId, providerOf } from '#libs/interaction';
import { hasReused, isTooOld, partyOf, spoken } from '../call/interaction-of-call.js';
import { soundFiles } from '../call/sound-files.js';
import { hasMessage, isOfCallAlone, isTextAlone, type VoicemailRecord } from './voicemail-record.js';

/** Characters of a transcript that a case begins with; the interaction has the whole of it. */
const MOST_TEXT = 1500;

/**
 * The interaction that a voicemail amounts to so far. It refers to its call and does not bear the call's name:
 * whichever of the two comes first, the other finds it. Where nothing was said it is a missed call.
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
    occasion: flags.includes('too_old') ? null : message === false ? 'call_missed' : 'voicemail',
    handling: record.test ? 'record_only' : 'ordinary',
    occurredAt: record.leftAt ?? record.firstAt,
    receivedAt,
    outcome: message === null ? null : message ? 'voicemail_left' : 'missed',
    told: told.sequence === null ? { at: told.at } : told,
    endpoint: { kind: 'phone_number', address: line ?? connection, connection },
    sender,
    recipients: line === null ? [] : [{ kind: 'phone', value: line, role: 'to' }],
    trust: record.verified
      ? { verdict: 'pass', reason: 'the caller proved it to the telephone system' }
      : { verdict: 'unknown', reason: "a caller's number proves nobody" },
    references: referencesOf(record, callId),
    threadKeys: [],
    content: {
      subject: subjectOf(sender),
      text: descriptionOf(record),
      attachments: soundFiles([record.recording], 'Voicemail'),
    },
    flags,
    ...(record.tags.length === 0 ? {} : { tags: [...record.tags] }),
    ...(said.contact === undefined ? {} : { contact: said.contact.value }),
  };
}

function referencesOf({ said }: VoicemailRecord, callId: string | null): Interaction['references'] {
  const chosen = said.caseNumber?.value;
  return [
    ...(chosen === undefined ? [] : [{ kind: 'case_number', value: chosen, via: 'chosen_case' } as const]),
    ...(callId === null ? [] : [{ kind: 'call_id', value: callId, via: 'root_call' } as const]),
  ];
}

/** What a message is called by whoever left it. */
export function subjectOf(sender: Interaction['sender']): string {
  return `Voicemail from ${sender.kind === 'phone' ? sender.value : 'withheld number'}`;
}

/** What people want to know of a message, one thing a line, then the beginning of what a machine heard. */
function descriptionOf({ said, recording, transcript }: VoicemailRecord): string {
  const duration = said.durationMs?.value ?? recording.durationMs?.value;
  const { label, id } = said.mailbox?.value ?? {};
  const callback = said.callback?.value.number;
  const text = transcript.text?.value.trim() ?? '';
  const language = transcript.language === undefined ? '' : ` (${transcript.language.value})`;
  const lines: [string, string | null | undefined][] = [
    ['Mailbox', label ?? id],
    ['Length', duration === undefined ? null : spoken(duration)],
    ['Call back', callback],
    [`Transcript, made by a machine${language}`, text === '' ? null : `\n${beginningOf(text)}`],
  ];
  return lines
    .flatMap(([name, value]) => (value ? [`${name}:${value.startsWith('\n') ? '' : ' '}${value}`] : []))
    .join('\n');
}

/** Of a text that waits for its message. */
export const TEXT_ALONE = 'text_alone';
/** Of a message that waits for its call, which has to say on which line it was left. */
export const LINE_UNTOLD = 'line_untold';

/** Cut between characters, never inside one. */
function beginningOf(text: string): string {
  const characters = [...text];
  return characters.length <= MOST_TEXT ? text : `${characters.slice(0, MOST_TEXT).join('')}…`;
}

function flagsOf(record: VoicemailRecord): string[] {
  return [
    ...(record.test ? ['test'] : []),
    ...(record.urgent ? ['urgent'] : []),
    ...(record.implausible ? ['time_implausible'] : []),
    ...(hasReused(record.events) ? ['id_reused'] : []),
    ...(isTextAlone(record) ? [TEXT_ALONE] : []),
    ...(isOfCallAlone(record) ? [LINE_UNTOLD] : []),
    ...(isTooOld(record.receivedAt, record.leftAt ?? record.firstAt) ? ['too_old'] : []),
  ];
}
