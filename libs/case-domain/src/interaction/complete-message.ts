import type { Attachment, Interaction, Recording, Transcript } from '#libs/interaction';
import { BY_RECORDING_STATUS } from '../call/choices.js';
import { joinMembers, saidBy, type Told } from '../call/said.js';
import type { Decision } from '../decision/decision.js';
import { NO_EFFECTS } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { reviseCase } from '../revision/revise-case.js';
import type { DecidedInteraction, KeptVerdict } from './revise-interaction.js';
import { interactionOfVoicemail } from '../voicemail/interaction-of-voicemail.js';
import { recordIn, traitsOf } from '../message/traits-of-voicemail.js';
import { joinTexts } from '../call/texts.js';
import type { VoicemailRecord } from '../voicemail/voicemail-record.js';

/** What the message says once that of its double is added which it lacked. */
export interface CompletedMessage {
  readonly decision: Decision<KeptVerdict, null>;
  readonly interaction: Interaction;
}

/**
 * Adds the sound and the text of a double to the message that came first, where that has none, and has its case say so
 * as if it had been known from the start. The same again changes nothing.
 */
export function completeMessage(
  first: DecidedInteraction,
  double: Interaction,
  snapshot: Snapshot,
  moment: Moment,
): CompletedMessage {
  const before = first.interaction;
  const record = recordIn(before);
  const after = record === null ? completedMail(before, double) : completedFold(record, double);
  const state = first.caseId === null ? undefined : snapshot.cases.get(first.caseId);
  const effects = state === undefined ? NO_EFFECTS : reviseCase({ before, after }, state, snapshot, moment);
  return { decision: { verdict: { outcome: 'kept' }, effects, evidence: null }, interaction: after };
}

function completedFold(record: VoicemailRecord, double: Interaction): Interaction {
  const told: Told = { at: double.occurredAt, sequence: -1, factId: double.id };
  const { recording, transcript } = spokenIn(double, told);
  const hasSound = record.recording.content !== undefined;
  const completed: VoicemailRecord = {
    ...record,
    recording: hasSound ? record.recording : joinMembers(record.recording, recording, BY_RECORDING_STATUS),
    transcript: hasText(record) ? record.transcript : joinTexts(record.transcript, transcript),
  };
  return { ...interactionOfVoicemail(completed), details: completed as unknown as Record<string, unknown> };
}

function hasText({ transcript: { status, text } }: VoicemailRecord): boolean {
  return status?.value === 'completed' && (text?.value ?? '').trim() !== '';
}

function spokenIn(double: Interaction, told: Told): Pick<VoicemailRecord, 'recording' | 'transcript'> {
  const record = recordIn(double);
  const sound = soundOf(double);
  if (record !== null || sound === null) {
    return { recording: record?.recording ?? {}, transcript: record?.transcript ?? {} };
  }
  const { sha256, size, mediaType } = sound;
  const recording = { id: sha256, status: 'available', mediaType, content: { sha256, size, mediaType } } as const;
  return { recording: saidBy<Recording>(told, recording), transcript: {} };
}

function soundOf({ content }: Interaction): Attachment | null {
  return content.attachments.find(({ mediaType }) => mediaType.startsWith('audio/')) ?? null;
}

/** A mail says what its machine wrote; what a telephone system told of the same message comes behind. */
function completedMail(mail: Interaction, double: Interaction): Interaction {
  const record = recordIn(double);
  const known = record?.recording.content?.value;
  const sound = traitsOf(mail).sound === null && known ? [{ ...known, name: 'voicemail', inline: false }] : [];
  const told = record !== null && hasText(record) ? record.transcript : null;
  const isNew = told !== null && mail.details['transcript'] === undefined;
  const { content, details } = mail;
  return {
    ...mail,
    content: {
      ...content,
      text: isNew ? `${content.text}${transcriptBehind(told)}` : content.text,
      attachments: [...content.attachments, ...sound],
    },
    details: isNew ? { ...details, transcript: valueOf(told) } : details,
  };
}

function transcriptBehind({ language, text }: VoicemailRecord['transcript']): string {
  const spoken = language === undefined ? '' : ` (${language.value})`;
  return `\n\nTranscript, made by a machine${spoken}:\n${text?.value.trim() ?? ''}`;
}

function valueOf({ text, language, confidence, engine }: VoicemailRecord['transcript']): Partial<Transcript> {
  return {
    text: text?.value ?? '',
    ...(language === undefined ? {} : { language: language.value }),
    ...(confidence === undefined ? {} : { confidence: confidence.value }),
    ...(engine === undefined ? {} : { engine: engine.value }),
  };
}
