import type { CallBarAction, CallBarEvent } from '#libs/interaction';
import { ACCOUNT_ID } from './account.js';
import { CONNECTION, instantAt } from './facts.js';

const ANA_EMAIL = 'ana@acme.example';

/** An event of the call bar about the call `c-77`, so many seconds after a quarter past ten. */
export function aCallBarEvent(
  action: CallBarAction,
  seconds = 20,
  { name = `${action} ${seconds}`, ...overrides }: Partial<CallBarEvent> & { readonly name?: string } = {},
): CallBarEvent {
  const at = instantAt(seconds);
  return {
    schema: 1,
    channel: 'callbar',
    id: eventIdOf(name),
    accountId: ACCOUNT_ID,
    agent: ANA_EMAIL,
    contentSha256: digestOf(name),
    occurredAt: at,
    receivedAt: at,
    action,
    call: { connection: CONNECTION, callId: 'c-77' },
    ...overrides,
  };
}

/** A UUIDv7 that a name always has. */
function eventIdOf(name: string): string {
  const digest = digestOf(name);
  return `0199a3c2-${digest.slice(0, 4)}-7${digest.slice(4, 7)}-8${digest.slice(7, 10)}-${digest.slice(10, 22)}`;
}

/** 64 hexadecimal digits (FNV-1a, four bytes at a time): nothing is protected by it. */
function digestOf(name: string): string {
  return Array.from({ length: 8 }, (_, round) => {
    let hash = 0x811c9dc5 ^ round;
    for (const character of name) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
    return hash.toString(16).padStart(8, '0');
  }).join('');
}
