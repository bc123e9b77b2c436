import { normalisePhoneNumber } from '#libs/interaction';

/** Who called, in the words of a mail; both null when the caller hides. */
export interface Caller {
  readonly number: string | null;
  readonly name: string | null;
}

/** Digits in groups, groups in brackets as well; what follows the number in brackets is another thing. */
const NUMBER = /\+?(?:\(\+?\d{1,5}\)|\d)(?:[ ./\u00a0-]{0,2}(?:\(\d{1,5}\)|\d)){4,20}(?![\d:])/;
/** What stands before the caller in the mails of voicemail systems. */
const LABEL =
  /(?<![\p{L}\d])(caller(?: ?id| number)?|calling number|phone number|phone|from|anrufer(?:nummer)?|rufnummer|telefonnummer|absender|von|appelant|appel de|num[ée]ro|exp[ée]diteur|de la part de|llamante|remitente|n[úu]mero|chiamante|mittente|remetente|beller|afzender|avs[äa]ndare|afsender|nummer|van|de|da|fr[åa]n|fra|od)(?![\p{L}\d])[ \t]*(?:[:=][ \t]*)?/giu;
const HIDDEN =
  /^(an? )?(anonym\p{L}*|unknown|withheld|privat\p{L}*|restricted|blocked|unavailable|unbekannt\p{L}*|unterdrückt\p{L}*|inconnu\p{L}*|masqué|desconocid\p{L}*|oculto|sconosciut\p{L}*|desconhecid\p{L}*|onbekend\p{L}*)(?!\p{L})/iu;
/** Sentences about the message, and not of the message: a transcript holds what the caller said. */
const ABOUT_THE_MESSAGE =
  /(?<!\p{L})(voice ?mail|voice message|message|mailbox|call|sprachnachricht|nachricht|anruf|voicebox|message vocal|appel|mensaje|llamada|mensagem|chamada|messaggio|chiamata|bericht|oproep)(?!\p{L})/iu;
const NAME_LINE = /^[ \t]*(?:caller name|name|nom|nombre|nome|naam|namn|navn)[ \t]*[:=][ \t]*([^\r\n]{1,100})/imu;
const REACH = 120;

/** The caller of a voicemail: by the subject first, then by the lines of the text that name one. */
export function callerIn(subject: string, text: string): Caller | null {
  const found = labelled(subject, () => true) ?? labelled(text, isAboutTheMessage) ?? bare(subject);
  const named = NAME_LINE.exec(text)?.[1]?.trim();
  return found === null || found.name !== null ? found : { ...found, name: nameOf(named ?? '') };
}

/** `from Maria Silva (+351 21 000 0000)`, `Caller: 020 7946 0000`, `From: Anonymous`: the first that is one of these. */
function labelled(text: string, counts: (lineBefore: string) => boolean): Caller | null {
  for (const match of text.matchAll(LABEL)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start, start + REACH).split(/[\r\n]/, 1)[0] ?? '';
    const lineBefore =
      text
        .slice(Math.max(0, match.index - REACH), match.index)
        .split('\n')
        .at(-1) ?? '';
    if (!counts(lineBefore)) {
      continue;
    }
    if (HIDDEN.test(rest)) {
      return { number: null, name: null };
    }
    const number = NUMBER.exec(rest);
    if (number !== null && number.index <= 60 && isNumber(number[0])) {
      const behind = /^\s*[("<]\s*([^()"<>]{2,60})[)">]/.exec(rest.slice(number.index + number[0].length))?.[1];
      return { number: number[0], name: nameOf(rest.slice(0, number.index)) ?? nameOf(behind ?? '') };
    }
  }
  return null;
}

/** A label begins its line, or its sentence is about the message. */
function isAboutTheMessage(lineBefore: string): boolean {
  return /^[\s*•>-]*$/.test(lineBefore) || ABOUT_THE_MESSAGE.test(lineBefore);
}

function bare(text: string): Caller | null {
  const number = NUMBER.exec(text)?.[0];
  return number !== undefined && isNumber(number) ? { number, name: null } : null;
}

/** A date has separators where a number has none: `2026-03-02`, `02.03.2026`. */
function isNumber(said: string): boolean {
  const date = /^(\d{4}([./-])\d{1,2}\2\d{1,2}|\d{1,2}([./-])\d{1,2}\3\d{2,4})(?!\d)/.test(said);
  return !date && normalisePhoneNumber(said) !== null && said.replace(/\D/g, '').length >= 6;
}

/** What stands beside a number when it is a name, without the small words around it. */
function nameOf(said: string): string | null {
  const plain = said
    .replace(/["'<>()[\]:,-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ (at|on|am|an|unter|op|au|al|tel|tel\.|phone|number|nummer)$/iu, '');
  const isName = /^\p{L}[\p{L} .'’&]*$/u.test(plain) && !isWord(plain) && !/^to /i.test(plain);
  return isName ? plain : null;
}

/** Words between the caller's label and the number that are no name. */
function isWord(name: string): boolean {
  return /^(the |der |die |le |la |el |il |o |a |het |de )?(number|no\.?|nr\.?|tel\.?|telephone|phone|caller|nummer|rufnummer|numéro|número|numero|telefon|call|at|id)( .*)?$/iu.test(
    name,
  );
}
