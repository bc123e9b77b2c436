import { normalisePhoneNumber } from '#libs/interaction';
import { beginning } from '../clean-text.js';
import type { EmailPayload } from '../payload.js';
import { firstOf, secondsOf } from './fields.js';
import type { Voicemail } from './voicemail.js';

const MOST_OF_THE_TEXT = 4096;
const NUMBER = /\+?\(?\d[\d ()./\u00a0-]{4,24}\d/;
/** What stands before the caller in the sentences of voicemail systems. */
const CALLER =
  /(?<![\p{L}\d])(caller(?: ?id| number)?|calling number|phone number|from|anrufer(?:nummer)?|rufnummer|telefonnummer|von|appelant|num[ée]ro|de la part de|llamante|n[úu]mero|chiamante|numero|beller|nummer|van|de|da|fr[åa]n|fra|od)(?![\p{L}\d])\s*[:=]?\s*/giu;
const HIDDEN =
  /^(an? )?(anonym\w*|unknown|withheld|private|privat\w*|restricted|blocked|unavailable|unbekannt\w*|unterdrückt\w*|inconnu\w*|masqué|desconocid\w*|oculto|sconosciut\w*|desconhecid\w*|onbekend\w*)/iu;
const DURATION =
  /(?<!\p{L})(?:duration|length|dauer|länge|durée|duración|durata|duração|duur|längd|varighed|varighet)(?!\p{L})[^\d\n]{0,20}(\d[\d:]{0,8}[^\n]{0,8})/iu;
const IN_SECONDS = /(?<![\d:])(\d{1,4}) ?(?:seconds?|secs?|sekunden|secondes|segundos|secondi|seconden)(?!\p{L})/iu;
const IN_BRACKETS = /\((\d{1,2}:\d{2}(?::\d{2})?)\)/;
const CALL_ID = /(?<!\p{L})call[ _-]?(?:id|sid|uuid)\s*[:=#]\s*([\w.@:+-]{6,200})/iu;

/** What the subject and the text of a voicemail system's mail tell, as far as they do. */
export function fromText(payload: EmailPayload, evidence: string): Voicemail {
  const text = beginning(payload.text, MOST_OF_THE_TEXT);
  const both = `${payload.subject.slice(0, 500)}\n${text}`;
  const caller = callerIn(payload.subject.slice(0, 500)) ?? callerIn(text) ?? numberIn(payload.subject.slice(0, 500));
  const duration =
    firstOf(payload, ['content-duration']) ??
    (DURATION.exec(both) ?? IN_SECONDS.exec(both) ?? IN_BRACKETS.exec(both))?.[1];
  return {
    provider: 'mail',
    evidence,
    callerId: caller?.number ?? null,
    callerName: caller?.name ?? null,
    durationSeconds: secondsOf(duration ?? null),
    mailbox: null,
    context: null,
    messageNumber: null,
    origTime: null,
    callId: firstOf(payload, ['x-call-id', 'x-callid']) ?? CALL_ID.exec(both)?.[1] ?? null,
  };
}

interface Caller {
  readonly number: string | null;
  readonly name: string | null;
}

/** `from Maria Silva (+351 21 000 0000)`, `Caller: 020 7946 0000`, `From: Anonymous`: the first that is one of these. */
function callerIn(text: string): Caller | null {
  for (const match of text.matchAll(CALLER)) {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 120).split('\n', 1)[0] ?? '';
    if (HIDDEN.test(rest)) {
      return { number: null, name: null };
    }
    const number = NUMBER.exec(rest);
    if (number !== null && number.index <= 60 && isNumber(number[0])) {
      const name = rest
        .slice(0, number.index)
        .replace(/["'<>()[\]:,-]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      return { number: number[0].trim(), name: /^\p{L}[\p{L} .'’&]*$/u.test(name) && !isWord(name) ? name : null };
    }
  }
  return null;
}

function numberIn(text: string): Caller | null {
  const number = NUMBER.exec(text)?.[0].trim();
  return number !== undefined && isNumber(number) ? { number, name: null } : null;
}

/** A date has separators where a number has none: `2026-03-02`, `02.03.2026`. */
function isNumber(said: string): boolean {
  const date = /^(\d{4}([./-])\d{1,2}\2\d{1,2}|\d{1,2}([./-])\d{1,2}\3\d{2,4})(?!\d)/.test(said.trim());
  return !date && normalisePhoneNumber(said) !== null && said.replace(/\D/g, '').length >= 6;
}

/** Words between the caller's label and the number that are no name. */
function isWord(name: string): boolean {
  return /^(the |der |die |le |la |el |il |o |a |het |de )?(number|no\.?|nr\.?|tel\.?|telephone|phone|caller|nummer|rufnummer|numéro|número|numero|telefon|call)( .*)?$/iu.test(
    name,
  );
}
