import type { EmailPayload } from '#libs/mail';
import { withoutComments } from '../without-comments.js';
import { valuesOf } from './signal.js';

/** An Auto-Submitted header (RFC 3834 §5) that says automatic. */
export interface AutoSubmitted {
  /** Lower case: `auto-replied`, `auto-generated`, `auto-notified` or another word. */
  readonly keyword: string;
  /** The comment or a parameter tells a vacation note, as RFC 5230 and its kin write it. */
  readonly vacation: boolean;
  /** As it came. */
  readonly value: string;
}

/** The first Auto-Submitted header that does not say `no`; null when there is none. */
export function autoSubmitted(payload: EmailPayload): AutoSubmitted | null {
  for (const value of valuesOf(payload, 'auto-submitted')) {
    const keyword = withoutComments(value).trim().split(/[;\s]/, 1)[0]?.toLowerCase();
    if (keyword !== undefined && keyword !== '' && keyword !== 'no') {
      return { keyword, vacation: /vacation/i.test(value), value };
    }
  }
  return null;
}
