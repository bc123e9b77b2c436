/**
 * What mail programs put before the subject of a reply or a forward, in the languages that they speak (lower case).
 * `Re` is Latin (in re) and everywhere; the others are what localised programs write in its stead.
 */
const PREFIXES: ReadonlySet<string> = new Set([
  ...[
    're',
    'fw',
    'fwd',
    'aw',
    'wg',
    'antwort',
    'antw',
    'doorst',
    'tr',
    'rép',
    'réf',
    'rv',
    'res',
    'enc',
    'rif',
    'r',
    'i',
  ],
  ...[
    'sv',
    'vs',
    'vb',
    'vl',
    'ant',
    'videresendt',
    'odp',
    'pd',
    'vá',
    'továbbítás',
    'ynt',
    'ilt',
    'i̇lt',
    'atb',
    'σχετ',
    'απ',
    'πρθ',
  ],
  ...[
    'ha',
    'на',
    'отв',
    'пересл',
    'ответ',
    '回复',
    '回覆',
    '答复',
    '转发',
    '轉寄',
    '返信',
    '転送',
    '회신',
    '전달',
    'bls',
    'trs',
    'تر',
    'رد',
  ],
  ...['ref', 'ad', 'yan', 'továbbítva', 'trans', 'fs', 'redir', 'reenv', 'відп', 'переслано', 'переслать'],
  ...[
    '轉發',
    '答覆',
    '답장',
    'תשובה',
    'הועבר',
    'إعادة توجيه',
    'προωθ',
    'μεταβίβαση',
    'videresend',
    'forward',
    'forwarded',
  ],
]);
const MOST_PREFIXES = 20;
/** What gateways put before a subject, and mail programs leave there when they answer. */
const GATEWAY_TAG =
  /^(?:[[({] ?(?:external|extern[eo]?|esterno|ext|caution|(?:possible )?spam)(?: (?:e-?mail|sender|message))?[?!:]? ?[\])}]|\*{1,5} ?spam ?\*{1,5}) ?/;
/** Longer than any prefix with its counter. */
const LONGEST_PREFIX = 24;

/**
 * The subject without the prefixes of replies and forwards, counted ones (`Re[2]:`) included, and without the tags of
 * gateways, in lower case and with single spaces: equal for the mails of one conversation. Linear in the length of the
 * subject.
 */
export function canonicalSubject(subject: string): string {
  let rest = subject.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  for (let count = 0; count < MOST_PREFIXES; count += 1) {
    const tag = GATEWAY_TAG.exec(rest)?.[0].length ?? 0;
    const end = tag > 0 ? tag : prefixEnd(rest) + 1;
    if (end === 0) {
      break;
    }
    rest = rest.slice(end).trimStart();
  }
  return rest;
}

/** Whether two subjects are one conversation's; a case keeps only the beginning of a long one. */
export function sameSubject(left: string, right: string): boolean {
  if (left === right) {
    return true;
  }
  const [one, other] = [canonicalSubject(left), canonicalSubject(right)];
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short === long || (short.length >= MOST_COMPARED && long.startsWith(short.slice(0, MOST_COMPARED)));
}

/** A case keeps 150 characters with all prefixes; what remains of it after them is compared up to here. */
const MOST_COMPARED = 100;

/** Index of the colon that ends a prefix at the beginning; -1 when there is none. */
function prefixEnd(text: string): number {
  const head = text.slice(0, LONGEST_PREFIX);
  const colon = head.search(/[:：]/);
  if (colon <= 0) {
    return -1;
  }
  const word = head.slice(0, colon).trimEnd();
  const counter = /[[(^]?\d{1,3}[\])]?$/.exec(word);
  const name = counter === null ? word : word.slice(0, counter.index);
  return PREFIXES.has(name.replace(/\.$/, '').trimEnd()) ? colon : -1;
}
