import { externalIdAt, type Interaction } from '#libs/interaction';
import { callerOf } from '../people/customer.js';
import type { VoicemailRecord } from '../voicemail/voicemail-record.js';

/** What tells one message from another, whichever way it came. */
export interface VoicemailTraits {
  /** As `identityOf` names the number; null where it is hidden. */
  readonly caller: string | null;
  /** ISO instant. */
  readonly leftAt: string;
  readonly durationMs: number | null;
  readonly way: 'mail' | 'telephony';
  /** External id of the call that it was left in, where that was told. */
  readonly call: string | null;
  /** Its system named the call where the message should have been named. */
  readonly isNamedByCall: boolean;
  /** Id of the box that it was left in. */
  readonly mailbox: string | null;
  readonly sound: { readonly mediaType: string; readonly sha256: string | null } | null;
}

/** Whether it is a message that was left, or one that was to be. */
export function isVoicemail({ channel }: Interaction): boolean {
  return channel === 'voicemail';
}

export function traitsOf(interaction: Interaction): VoicemailTraits {
  const record = recordIn(interaction);
  const common = { caller: callerOf(interaction), leftAt: interaction.occurredAt };
  return record === null ? { ...common, ...toldByMail(interaction) } : { ...common, ...toldInFacts(record) };
}

/** What a telephone system told in facts; null of what came as a mail. */
export function recordIn({ details }: Interaction): VoicemailRecord | null {
  return 'voicemailId' in details && 'said' in details ? (details as unknown as VoicemailRecord) : null;
}

/**
 * Names that two messages share only if they are one, or may be: that of a sound, and that of the call that a message was
 * left in.
 */
export function namesOfVoicemail(interaction: Interaction): string[] {
  if (!isVoicemail(interaction)) {
    return [];
  }
  const { call, sound } = traitsOf(interaction);
  return [...(call === null ? [] : [`call:${call}`]), ...(sound?.sha256 ? [`sound:${sound.sha256}`] : [])];
}

function toldInFacts({ connection, voicemailId, said, recording }: VoicemailRecord) {
  const call = said.callId?.value ?? null;
  const content = recording.content?.value;
  const mediaType = content?.mediaType ?? recording.mediaType?.value;
  return {
    way: 'telephony' as const,
    durationMs: said.durationMs?.value ?? recording.durationMs?.value ?? null,
    call,
    isNamedByCall: call === externalIdAt(connection, voicemailId),
    mailbox: said.mailbox?.value.id ?? null,
    sound: mediaType === undefined ? null : { mediaType, sha256: content?.sha256 ?? null },
  };
}

/** As `asVoicemail` of the channel for mail leaves it. */
interface MailedVoicemail {
  readonly durationSeconds?: number | null;
  readonly mailbox?: string | null;
  readonly callId?: string | null;
}

function toldByMail({ details, content }: Interaction) {
  const { durationSeconds, mailbox, callId } = (details['voicemail'] ?? {}) as MailedVoicemail;
  const sound = content.attachments.find(({ mediaType }) => mediaType.startsWith('audio/'));
  return {
    way: 'mail' as const,
    durationMs: typeof durationSeconds === 'number' ? durationSeconds * 1000 : null,
    call: callId ?? null,
    isNamedByCall: false,
    mailbox: mailbox ?? null,
    sound: sound === undefined ? null : { mediaType: sound.mediaType, sha256: sound.sha256 },
  };
}
