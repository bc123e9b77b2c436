import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Hours that a page may stand open. */
const LONGEST_HOURS = 24;
const TOKEN = /^(\d{13})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

export type TokenVerdict =
  { readonly ok: true; /** Names the token. */ readonly id: string } | { readonly ok: false; readonly detail: string };

/** Whose tokens they are: those of one form are no other's, of this account or another. */
export interface TokenScope {
  readonly accountId: string;
  readonly form: string;
}

/** Tokens that say when a page asked for one, so that what is sent at once, or weeks later, is known for it. */
export class FormTokens {
  readonly #key: Buffer;

  /** `secret`: of 16 characters or more; every process that takes forms has the same. */
  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('tokens of web forms').digest();
  }

  /** `now`: milliseconds since 1970. */
  issue(scope: TokenScope, now: number): string {
    const body = `${String(now).padStart(13, '0')}.${randomBytes(16).toString('base64url')}`;
    return `${body}.${this.#sign(scope, body).toString('base64url')}`;
  }

  /** Whether the token is ours, old enough and not too old. */
  verify(token: string, scope: TokenScope, { now, minSeconds }: { now: number; minSeconds: number }): TokenVerdict {
    const [, issued = '', nonce = '', mac = ''] = TOKEN.exec(token) ?? [];
    const right = this.#sign(scope, `${issued}.${nonce}`);
    const given = Buffer.from(mac, 'base64url');
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      return { ok: false, detail: 'is none that was given out for this form: load the page again' };
    }
    const age = now - Number(issued);
    if (age < minSeconds * 1000) {
      return { ok: false, detail: `was given out less than ${minSeconds} s ago: wait a moment and send it again` };
    }
    return age > LONGEST_HOURS * 3_600_000
      ? { ok: false, detail: `was given out more than ${LONGEST_HOURS} hours ago: load the page again` }
      : { ok: true, id: nonce };
  }

  /** A keyed hash of where something came from, by which it is known again and nobody is found. */
  hashOf(sender: string): Buffer {
    return createHmac('sha256', this.#key).update(`sender\n${sender}`).digest();
  }

  #sign({ accountId, form }: TokenScope, body: string): Buffer {
    return createHmac('sha256', this.#key).update(`token\n${accountId}\n${form}\n${body}`).digest();
  }
}
