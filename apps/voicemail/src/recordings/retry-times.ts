const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before each attempt to fetch a sound, from the end of the one before. Milliseconds. */
export const FETCH_WAITS: readonly number[] = [
  ...[0, 2, 5, 10, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** Waits before each attempt to have a sound written down. */
export const TRANSCRIBE_WAITS: readonly number[] = [0, 30 * SECOND, 5 * MINUTE];

/** How long to wait after the attempt of this number, from 1; null: it was the last. */
export function waitAfter(
  waits: readonly number[],
  attempt: number,
  retryAfterMs: number | null = null,
): number | null {
  const wait = waits[attempt];
  return wait === undefined ? null : Math.max(wait, retryAfterMs ?? 0);
}
