import type { ByteRange } from '#libs/blob-store';

/** What of some content is asked for. */
export type Wanted = ByteRange | 'whole' | 'unsatisfiable';

const SINGLE = /^bytes=(\d{0,15})-(\d{0,15})$/i;

/**
 * Reads `Range` (RFC 9110 §14.2). One range of bytes is understood; several, other units and what cannot be read are
 * ignored, as the RFC has it, and so is a range of another version than `If-Range` names: strong comparison, and dates
 * never match. `size` in bytes.
 */
export function wantedRange(
  { range, ifRange }: { readonly range: string | undefined; readonly ifRange: string | undefined },
  { size, tag }: { readonly size: number; readonly tag: string },
): Wanted {
  const [, first = '', last = ''] = SINGLE.exec(range?.replace(/\s/g, '') ?? '') ?? [];
  if ((first === '' && last === '') || (ifRange !== undefined && ifRange.trim() !== tag)) {
    return 'whole';
  }
  const end = size - 1;
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(size - length, 0), last: end };
  }
  if (last !== '' && Number(last) < Number(first)) {
    return 'whole';
  }
  return Number(first) > end
    ? 'unsatisfiable'
    : { first: Number(first), last: last === '' ? end : Math.min(Number(last), end) };
}
