import type { EmailPayload } from '#libs/mail';
import { firstOf, secondsOf } from './fields.js';
import { soundsOf, type Voicemail } from './voicemail.js';

/** Content classes of voice messages (MS-OXCMAIL), with and without a namespace; `missedcall` and `fax` are none. */
const VOICE = /(^|[^a-z])voice(mail|-?message)?(-ca|-uc)?$/i;
const OTHER = /missed|fax/i;
/** Outlook keeps the headers when a person passes a voicemail on. */
const PASSED_ON = /^(fwd?|wg|tr|rv|enc|i|doorst|vb|vs|pd|re|aw)\s*:/i;

/** A voicemail that Exchange Unified Messaging sent; null for any other mail. */
export function fromExchange(payload: EmailPayload): Voicemail | null {
  const contentClass = firstOf(payload, ['content-class']) ?? '';
  const duration = firstOf(payload, ['x-voicemessageduration']);
  const number = firstOf(payload, ['x-callingtelephonenumber']);
  const byClass = VOICE.test(contentClass);
  const byHeader = duration !== null || (number !== null && soundsOf(payload.attachments).length > 0);
  if (OTHER.test(contentClass) || PASSED_ON.test(payload.subject) || !(byClass || byHeader)) {
    return null;
  }
  return {
    provider: 'exchange-um',
    evidence: byClass ? `Content-Class: ${contentClass}` : 'X-VoiceMessageDuration or X-CallingTelephoneNumber',
    callerId: number,
    callerName: firstOf(payload, ['x-voicemessagesendername']),
    durationSeconds: secondsOf(duration),
    mailbox: null,
    context: null,
    messageNumber: null,
    origTime: null,
    callId: firstOf(payload, ['x-callid', 'x-call-id']),
  };
}
