import { beginning, type EmailPayload } from '#libs/mail';

const LONGEST_FIELD = 300;
const LONGEST_MESSAGE_SECONDS = 24 * 3600;

/** The first of the headers that has a value. */
export function firstOf(payload: EmailPayload, names: readonly string[]): string | null {
  for (const name of names) {
    const value = payload.signals[name]?.[0]?.trim() ?? '';
    if (value !== '') {
      return beginning(value, LONGEST_FIELD);
    }
  }
  return null;
}

/** Seconds of `47`, `47 s`, `0:47` or `1:02:03`; null for anything else and for more than a day. */
export function secondsOf(said: string | null): number | null {
  const match = /^\D{0,40}?(\d{1,6})(?::(\d{1,2}))?(?::(\d{1,2}))?(?!\d)/.exec(said ?? '');
  if (match === null) {
    return null;
  }
  const parts = match
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number);
  const inMinutes = parts.length === 1 && /\d\s*min/i.test(said ?? '');
  const seconds = parts.reduce((sum, part) => sum * 60 + part, 0) * (inMinutes ? 60 : 1);
  return seconds <= LONGEST_MESSAGE_SECONDS ? seconds : null;
}

/** `"Maria Silva" <+351 21 000 0000>`, or a bare number. */
export function callerOf(said: string | null): { readonly number: string | null; readonly name: string | null } {
  const match = /^([^<>]*)<([^<>]*)>/.exec(said ?? '');
  if (match === null) {
    return { number: said, name: null };
  }
  const name = (match[1] ?? '').replaceAll('"', '').trim();
  return { number: (match[2] ?? '').trim(), name: name === '' ? null : name };
}
