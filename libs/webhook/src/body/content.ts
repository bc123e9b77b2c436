import { hash } from 'node:crypto';

/** What is not told is absent. A text that was cut ends with a whole letter. */
export function told<Value extends object>(value: Value): Value {
  const known: Record<string, unknown> = {};
  for (const name in value) {
    const one: unknown = value[name];
    if (one !== null && one !== undefined) {
      known[name] = typeof one === 'string' ? withoutHalfALetter(one) : one;
    }
  }
  return known as Value;
}

function withoutHalfALetter(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}

/** SHA-256 of an event in one spelling: members sorted by name, those that are named `secret` hidden. */
export function contentHash(event: unknown, secret: ReadonlySet<string>): string {
  return hash('sha256', JSON.stringify(inOneSpelling(event, secret)), 'hex');
}

/** What stands in the place of a secret. It redacts to itself, so that a kept body has the hash of the one that came. */
export const REDACTED = 'redacted';

/** The same without the values of members that are named so, however deep: addresses of recordings, secrets. */
export function redacted(value: unknown, secret: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => redacted(one, secret));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return isNamed(value, secret)
    ? Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, secret.has(name) ? REDACTED : redacted(one, secret)]),
      )
    : value;
}

/** Whether anything below is named so, which it seldom is: then nothing has to be copied. */
function isNamed(value: unknown, secret: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) {
    return value.some((one) => isNamed(one, secret));
  }
  if (typeof value === 'object') {
    for (const name in value) {
      if (secret.has(name) || isNamed((value as Record<string, unknown>)[name], secret)) {
        return true;
      }
    }
  }
  return false;
}

function inOneSpelling(value: unknown, secret: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => inOneSpelling(one, secret));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  // Whatever a sender calls a member is one of it; an object without a prototype is written several times as slowly.
  const sorted = (Object.hasOwn(value, '__proto__') ? Object.create(null) : {}) as Record<string, unknown>;
  for (const name of Object.keys(value).sort()) {
    sorted[name] = secret.has(name) ? REDACTED : inOneSpelling((value as Record<string, unknown>)[name], secret);
  }
  return sorted;
}
