import { normaliseEmailAddress, type Interaction } from '#libs/interaction';
import type { EmailPayload } from '#libs/mail';
import { isAmong } from '../rules/mail-address.js';
import { fromAsterisk } from './from-asterisk.js';
import { fromExchange } from './from-exchange.js';
import { fromText } from './from-text.js';
import { soundsOf, type Voicemail } from './voicemail.js';

/**
 * The voicemail that a mail brings, however automatic the mail is; null for mail of our own, for reports about other
 * mail and for all that is none. Who fails the check of the sender is no voicemail system that we know.
 */
export function bringsVoicemail(
  mail: Interaction,
  payload: EmailPayload,
  senders: readonly string[],
): Voicemail | null {
  const another = mail.automatic?.class === 'own_loop' || payload.report?.declared === true;
  return another ? null : recogniseVoicemail(payload, mail.trust.verdict === 'fail' ? [] : senders);
}

/**
 * The voicemail that a mail's headers or its sender show.
 * 1. By its headers: Asterisk, Exchange UM, Message-Context (RFC 3458 §6).
 * 2. By its sender, when the mailbox is configured to know it as a voicemail system, with exactly one sound in the mail.
 *    A person may send a sound too; only what is configured tells the two apart.
 */
export function recogniseVoicemail(payload: EmailPayload, senders: readonly string[]): Voicemail | null {
  return fromAsterisk(payload) ?? fromExchange(payload) ?? byContext(payload) ?? bySender(payload, senders);
}

function byContext(payload: EmailPayload): Voicemail | null {
  const context = payload.signals['message-context']?.[0]?.split(/[;\s(]/, 1)[0]?.toLowerCase();
  return context === 'voice-message' ? fromText(payload, 'Message-Context: voice-message') : null;
}

function bySender(payload: EmailPayload, senders: readonly string[]): Voicemail | null {
  const from = normaliseEmailAddress(payload.from[0]?.address ?? '');
  if (from === null || soundsOf(payload.attachments).length !== 1) {
    return null;
  }
  return isAmong(senders, from) ? fromText(payload, `voicemail sender ${from}`) : null;
}
