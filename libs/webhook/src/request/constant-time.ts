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

/**
 * Whether a signature is one of those that are right. How long those are is no secret, as that of a secret is: the algorithm
 * says it.
 */
export function isSignature(right: readonly string[], given: string): boolean {
  const bytes = Buffer.from(given);
  return right.map((one) => one.length === bytes.length && timingSafeEqual(Buffer.from(one), bytes)).includes(true);
}

function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
