import { hiddenAs, normalisePhoneNumber, type CallParty } from '#libs/interaction';
import { told } from '#libs/webhook';
import { type Arrival } from './arrival.js';

/** What a provider says of a caller or a called. */
export interface SaidParty {
  readonly raw: string | null;
  readonly name?: string | null;
  readonly extension?: string | null;
  /** The provider says that the number is hidden. */
  readonly withheld?: boolean;
}

type Spelling = Pick<Arrival, 'country' | 'numberFormat'>;

/**
 * Somebody who calls or is called; null when nothing is said at all. What is hidden has no number (telephony.md §5): the
 * list of words is asked before anything is read as a number, because some of them look like one.
 */
export function partyOf(said: SaidParty, spelling: Spelling): CallParty | null {
  const { raw, name = null, extension = null, withheld = false } = said;
  if (raw === null && name === null && extension === null && !withheld) {
    return null;
  }
  const hidden = withheld ? 'withheld' : raw === null ? null : hiddenAs(raw);
  const own = raw === null || extension !== null ? null : extensionOf(raw);
  const number = raw === null || hidden !== null || own !== null ? null : numberOf(raw, spelling);
  return told<CallParty>({
    raw: raw?.slice(0, 200),
    number,
    extension: extension ?? (hidden === null ? own : null),
    name: name?.slice(0, 200),
    presentation: hidden ?? (number === null && own === null && extension === null ? 'unknown' : 'allowed'),
  });
}

/** A number in the one spelling that numbers are compared in; null for what is none. */
export function numberOf(raw: string, { country, numberFormat }: Spelling): string | null {
  const compact = raw.replace(/[\s()./-]/g, '');
  const international = numberFormat === 'digits' && /^[1-9]\d{6,14}$/.test(compact) ? `+${compact}` : raw;
  return normalisePhoneNumber(international, country);
}

/** Up to six digits and no prefix are an extension, never a number of the world. */
function extensionOf(raw: string): string | null {
  return /^[1-9]\d{0,5}$/.test(raw.trim()) ? raw.trim() : null;
}
