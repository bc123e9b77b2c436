import { beginning, type EmailPayload } from '#libs/mail';
import { callerIn } from './caller-in-text.js';
import { firstOf, secondsOf } from './fields.js';
import type { Voicemail } from './voicemail.js';

const MOST_OF_THE_TEXT = 4096;
const DURATION =
  /(?<!\p{L})(?:duration|length|dauer|länge|durée|duración|durata|duração|duur|längd|varighed|varighet)(?!\p{L})[^\d\n]{0,20}(\d[\d:]{0,8}[^\n]{0,8})/iu;
const IN_SECONDS = /(?<![\d:])(\d{1,4}) ?(?:seconds?|secs?|sekunden|secondes|segundos|secondi|seconden)(?!\p{L})/iu;
/** `(0:47)`, `- 0:47` at the end of a line, `a 0:47 long message`; a bare `10:15` is a time of the day. */
const CLOCK = /(?:[(]|- )(\d{1,2}:\d{2}(?::\d{2})?)(?=\)|[ \t]*$)|(?<=\s)(\d{1,2}:\d{2}(?::\d{2})?) long/mu;
const MAILBOX =
  /(?<!\p{L})(?:mailbox|postfach|voicebox|boîte vocale|extension|durchwahl|buzón)(?:[ \t]*[:=]|[ \t])[ \t]*(\d{1,10})(?!\d)/iu;
const CALL_ID = /(?<!\p{L})call[ _-]?(?:id|sid|uuid)\s*[:=#]\s*([\w.@:+-]{6,200})/iu;

/** What the subject and the text of a voicemail system's mail tell, as far as they do. */
export function fromText(payload: EmailPayload, evidence: string): Voicemail {
  const text = beginning(payload.text, MOST_OF_THE_TEXT);
  const subject = payload.subject.slice(0, 500);
  const both = `${subject}\n${text}`;
  const caller = callerIn(subject, text);
  const duration =
    firstOf(payload, ['content-duration']) ??
    (DURATION.exec(both) ?? IN_SECONDS.exec(both) ?? CLOCK.exec(both))?.slice(1).find((said) => said !== undefined);
  return {
    provider: 'mail',
    evidence,
    callerId: caller?.number ?? null,
    callerName: caller?.name ?? null,
    durationSeconds: secondsOf(duration ?? null),
    mailbox: MAILBOX.exec(both)?.[1] ?? null,
    context: null,
    messageNumber: null,
    origTime: null,
    callId: firstOf(payload, ['x-call-id', 'x-callid']) ?? CALL_ID.exec(both)?.[1] ?? null,
  };
}
