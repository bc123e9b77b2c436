import {
  callConversationKey,
  normalisePhoneNumber,
  interactionId,
  type Interaction,
  type Party,
} from '#libs/interaction';
import { beginning, singleLine } from '#libs/mail';
import { soundsOf, type Voicemail } from './voicemail.js';

const OLDEST_MS = 30 * 24 * 3600 * 1000;
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

/**
 * The mail of a voicemail system as the voicemail that it brings: from the caller, not from the machine, and no more
 * automatic than the caller was.
 *
 * It refers to its call and does not bear the call's name: whichever of the two comes first, the other finds it.
 * The mail's proof is about the machine's domain. It says nothing about the caller, so it does not count for one.
 */
export function asVoicemail(mail: Interaction, voicemail: Voicemail, country: string | null): Interaction {
  const callId = voicemail.callId === null ? null : beginning(singleLine(voicemail.callId), 500) || null;
  const id = interactionId(mail.accountId, 'voicemail', mail.externalId);
  const silent = soundsOf(mail.content.attachments).length === 0;
  return {
    ...mail,
    id,
    channel: 'voicemail',
    provider: voicemail.provider,
    conversationKey: callId === null ? mail.conversationKey : callConversationKey(mail.accountId, callId),
    source: 'voicemail',
    occasion: 'voicemail',
    handling: 'ordinary',
    occurredAt: leftAt(mail, voicemail.origTime),
    sender: callerAsParty(voicemail, id, country),
    forwarded: null,
    automatic: null,
    trust: {
      ...mail.trust,
      verdict: mail.trust.verdict === 'fail' ? 'fail' : 'unknown',
      reason: beginning(`a caller's number proves nobody; the mail: ${mail.trust.reason}`, 500),
    },
    // Mail systems group the mails of one machine by their subject; callers have nothing to do with each other.
    threadKeys: mail.threadKeys.filter(({ kind }) => kind === 'message_id'),
    references: callId === null ? [] : [{ kind: 'call_id', value: callId, via: 'root_call' }],
    flags: silent ? [...mail.flags, 'voicemail_without_audio'] : mail.flags,
    details: {
      ...mail.details,
      mailFrom: mail.sender.kind === 'email' ? mail.sender.value : null,
      mailSignals: mail.automatic?.signals ?? [],
      voicemail: { ...voicemail, callId },
    },
  };
}

/** The telephone system's clock when it is plausible. */
function leftAt(mail: Interaction, origTime: string | null): string {
  const claimed = origTime === null ? Number.NaN : Date.parse(origTime);
  const received = Date.parse(mail.receivedAt);
  const plausible = claimed <= received + CLOCK_TOLERANCE_MS && claimed >= received - OLDEST_MS;
  return plausible ? new Date(claimed).toISOString() : mail.occurredAt;
}

function callerAsParty({ callerId, callerName }: Voicemail, id: string, country: string | null): Party {
  const number = normalisePhoneNumber(callerId ?? '', country);
  const claimed = beginning(singleLine(callerName ?? ''), 500);
  const name = claimed === '' || normalisePhoneNumber(claimed, country) === number ? null : claimed;
  return number === null ? { kind: 'anonymous', value: id, name } : { kind: 'phone', value: number, name };
}
