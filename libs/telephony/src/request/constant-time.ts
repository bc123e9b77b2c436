import { hash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing about either text, not even where their lengths differ. */
export function isSame(one: string, other: string): boolean {
  return isOneOf([one], other);
}

/** Whether a text is one of those that are right, all of which are looked at. */
export function isOneOf(right: readonly string[], given: string): boolean {
  const digest = digestOf(given);
  return right.map((one) => timingSafeEqual(digestOf(one), digest)).includes(true);
}

function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
