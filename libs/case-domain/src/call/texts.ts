import { TRANSCRIPT_STATUSES, type Transcript } from '#libs/interaction';
import { compareTold, type Members } from './said.js';

/** How far a text has come (channels.md G). `absent`: nobody told one within the hour; it still may come. */
export type TextState = 'none' | 'pending' | 'absent' | 'failed' | 'empty' | 'completed';

/** So long a text is waited for. Milliseconds. */
const PATIENCE = 60 * 60 * 1000;

/**
 * Of two texts the one that has come further, whatever was told last; of equals the latest. It is taken whole: its
 * language, its engine and its confidence are its own, and never another one's.
 */
export function joinTexts(one: Members<Transcript>, other: Members<Transcript>): Members<Transcript> {
  const [mine, theirs] = [one.status, other.status];
  if (mine === undefined || theirs === undefined) {
    return mine === undefined ? other : one;
  }
  return (rankOf(one) - rankOf(other) || compareTold(mine, theirs)) < 0 ? other : one;
}

/** A text of which something can be read is more than an empty one. */
function rankOf(text: Members<Transcript>): number {
  const status = text.status?.value;
  return status === undefined ? -1 : TRANSCRIPT_STATUSES.indexOf(status) + (isEmpty(text) ? 0 : 0.5);
}

function isEmpty({ text }: Members<Transcript>): boolean {
  return (text?.value ?? '').trim() === '';
}

/**
 * The state of a text at an instant. `expectedSince`: when there came to be a sound that is usually written down; null
 * where none is. ISO instants.
 */
export function textStateOf(
  text: Members<Transcript>,
  { expectedSince, now }: { readonly expectedSince: string | null; readonly now: string },
): TextState {
  const told = text.status;
  switch (told?.value) {
    case undefined:
      return expectedSince === null ? 'none' : waited(expectedSince, now);
    case 'pending':
      return waited(told?.at ?? now, now);
    case 'completed':
      return isEmpty(text) ? 'empty' : 'completed';
    case 'failed':
      return 'failed';
  }
}

function waited(since: string, now: string): 'pending' | 'absent' {
  return Date.parse(now) - Date.parse(since) < PATIENCE ? 'pending' : 'absent';
}
