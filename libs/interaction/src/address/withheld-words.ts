/** What telephone systems write for a caller who hides the number, or whom they do not know; lower case. */
const WITHHELD: ReadonlySet<string> = new Set([
  '',
  'an unknown caller',
  'anoniem',
  'anonimo',
  'anonym',
  'anonyme',
  'anonymous',
  'anonymous caller',
  'anonymous.invalid',
  'asreceived',
  'blocked',
  'blocked number',
  'caller id blocked',
  'coin phone',
  'coinphone',
  'desconhecido',
  'desconocido',
  'dold',
  'dolt nummer',
  'hidden',
  'hidden number',
  'id withheld',
  'inconnu',
  'masked',
  'masque',
  'masqué',
  'n/a',
  'nascosto',
  'nieznany',
  'nil',
  'no caller id',
  'no caller-id',
  'no id',
  'no number',
  'nocallerid',
  'none',
  'not available',
  'null',
  'number withheld',
  'numero masque',
  'numero nascosto',
  'numero oculto',
  'numero privado',
  'numero privato',
  'numéro masqué',
  'número oculto',
  'número privado',
  'ocultado',
  'oculto',
  'onbekend',
  'onbekend nummer',
  'out of area',
  'pay phone',
  'payphone',
  'payphone caller',
  'presentation restricted',
  'privado',
  'privat',
  'private',
  'private call',
  'private caller',
  'private number',
  'privater anrufer',
  'privato',
  'prive',
  'privé',
  'prohib',
  'prohibited',
  'public phone',
  'restricted',
  'restricted number',
  'sconosciuto',
  'secret',
  'skjult nummer',
  'tuntematon',
  'unavailable',
  'unbekannt',
  'unbekannte nummer',
  'unbekannter anrufer',
  'unbekannter teilnehmer',
  'undefined',
  'undisclosed',
  'unidentified',
  'unkn',
  'unknown',
  'unknown caller',
  'unknown number',
  'unterdruckt',
  'unterdrückt',
  'verborgen nummer',
  'wireless caller',
  'withheld',
  'zastrzezony',
  'zastrzeżony',
  'неизвестно',
  'скрыт',
  '公衆電話',
  '表示圏外',
  '非通知',
  '非通知設定',
]);
/** The words ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE as spelled on a keypad; one looks like a number. */
const SPELLED = /^(1?266696687|7378742833|2562533|8656696|86282452253|1?0{4,})$/;
const NOT_AVAILABLE = /unavailable|not available|out of area|表示圏外/;
const NOT_KNOWN =
  /unknown|unkn$|unbekannt|inconnu|desco|sconosciuto|onbekend|unidentified|неизвестно|tuntematon|nieznany/;

/** Whether the text stands in the place of a number: a word, a keypad spelling, or nothing at all. `bare`: lower case. */
export function isWithheld(bare: string): boolean {
  return (
    WITHHELD.has(bare) ||
    /^(?:anonymous|prohib_)/.test(bare) ||
    SPELLED.test(bare.replace(/^\+/, '').replace(/[\s().-]/g, ''))
  );
}

/** Which of the ways to be hidden such a text tells. */
export function hiddenBy(bare: string): 'withheld' | 'unavailable' | 'unknown' {
  const digits = bare.replace(/^\+/, '');
  if (NOT_AVAILABLE.test(bare) || digits === '86282452253') {
    return 'unavailable';
  }
  return NOT_KNOWN.test(bare) || digits === '8656696' ? 'unknown' : 'withheld';
}
