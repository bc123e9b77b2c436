import type { EmailPayload } from '../payload.js';
import { firstOf, secondsOf } from './fields.js';
import type { Voicemail } from './voicemail.js';

/** Content classes of voice messages (MS-OXCMAIL); `missedcall` and `fax` are none. */
const VOICE = /^(urn:content-class(es)?:)?voice(-ca|-uc)?$/i;

/** A voicemail that Exchange Unified Messaging sent; null for any other mail. */
export function fromExchange(payload: EmailPayload): Voicemail | null {
  const contentClass = firstOf(payload, ['content-class']);
  const duration = firstOf(payload, ['x-voicemessageduration']);
  const byClass = VOICE.test(contentClass ?? '');
  if (!byClass && (duration === null || /missedcall|fax/i.test(contentClass ?? ''))) {
    return null;
  }
  return {
    provider: 'exchange-um',
    evidence: byClass ? `Content-Class: ${contentClass}` : 'X-VoiceMessageDuration',
    callerId: firstOf(payload, ['x-callingtelephonenumber']),
    callerName: firstOf(payload, ['x-voicemessagesendername']),
    durationSeconds: secondsOf(duration),
    mailbox: null,
    context: null,
    messageNumber: null,
    origTime: null,
    callId: firstOf(payload, ['x-callid', 'x-call-id']),
  };
}
