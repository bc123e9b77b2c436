import { untaggedSubject } from '../text/untagged-subject.js';
import { FORWARD_PREFIX, REPLY_PREFIX } from './block-words.js';

export type SubjectPrefix = 'forward' | 'reply';

export interface PrefixedSubject {
  /** What the outermost prefix says; null when there is none. */
  readonly outermost: SubjectPrefix | null;
  /** The subject without any prefix of answers and forwards, tags in brackets kept out as well. */
  readonly bare: string;
  /** The subject without its outermost prefix. */
  readonly inner: string;
}

const LONGEST_PREFIX = 24;
const MOST_PREFIXES = 20;

/** Reads the prefixes of a subject, such as `[EXTERNAL] WG: Re: `, in the languages of the common mail programs. */
export function readSubject(subject: string): PrefixedSubject {
  let rest = withoutBrackets(subject.trim());
  let outermost: SubjectPrefix | null = null;
  let inner = rest;
  for (let count = 0; count < MOST_PREFIXES; count += 1) {
    const tagged = withoutTag(rest);
    const prefix = prefixOf(tagged);
    if (prefix === null) {
      break;
    }
    rest = tagged.slice(prefix.length).trim();
    if (outermost === null) {
      outermost = prefix.kind;
      inner = rest;
    }
  }
  return { outermost, bare: rest, inner };
}

/** Older programs put the whole subject of a forward into brackets: `[Fwd: The lamp]`. */
function withoutBrackets(subject: string): string {
  const inside = subject.startsWith('[') && subject.endsWith(']') ? subject.slice(1, -1).trim() : subject;
  return prefixOf(inside)?.kind === 'forward' ? inside : subject;
}

/** Gateways and lists put tags before the prefix. */
function withoutTag(subject: string): string {
  const rest = untaggedSubject(subject);
  return rest !== subject && prefixOf(rest) !== null ? rest : subject;
}

/** `Fwd:`, `FW :`, `Fw[2]:`, `Re (3):`, `转发：`; the length includes the colon. */
function prefixOf(subject: string): { readonly kind: SubjectPrefix; readonly length: number } | null {
  const colon = subject.slice(0, LONGEST_PREFIX).search(/[:：]/);
  if (colon <= 0) {
    return null;
  }
  const word = subject
    .slice(0, colon)
    .replace(/[[(]\d{1,3}[\])]/, '')
    .trim()
    .toLowerCase();
  if (FORWARD_PREFIX.has(word)) {
    return { kind: 'forward', length: colon + 1 };
  }
  return REPLY_PREFIX.has(word) ? { kind: 'reply', length: colon + 1 } : null;
}
