import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Configuration } from '#libs/runtime';

/** What an address without a key opens. */
export interface LinkedContent {
  readonly accountId: string;
  readonly interactionId: string;
  readonly sha256: string;
}

/** How long an address is valid. */
export const LINK_MS = 10 * 60 * 1000;
const TOKEN = /^([A-Za-z0-9_-]{1,400})\.([A-Za-z0-9_-]{43})$/;

/** Addresses for players, which cannot send a key: each opens one content of one interaction for ten minutes. */
export class ContentLinks {
  constructor(
    private readonly secret: Buffer,
    private readonly now: () => number = Date.now,
  ) {}

  /** Signed by the installation's secret; without one an address lasts no longer than the process that made it. */
  static from({ caseTokens }: Pick<Configuration, 'caseTokens'>): ContentLinks {
    const secret = caseTokens.secret ?? randomBytes(32);
    return new ContentLinks(createHmac('sha256', secret).update('case-api/content-links').digest());
  }

  /** Text that is safe in a path, and until when it is valid. */
  write({ accountId, interactionId, sha256 }: LinkedContent): { readonly token: string; readonly expiresAt: Date } {
    const expiresAt = new Date(this.now() + LINK_MS);
    const body = Buffer.from(JSON.stringify([accountId, interactionId, sha256, expiresAt.getTime()])).toString(
      'base64url',
    );
    return { token: `${body}.${this.signature(body).toString('base64url')}`, expiresAt };
  }

  /** What it opens; null for any text that is not ours, or not any more. */
  read(token: string): LinkedContent | null {
    const [, body = '', given = ''] = TOKEN.exec(token) ?? [];
    const signed = Buffer.from(given, 'base64url');
    const expected = this.signature(body);
    if (signed.length !== expected.length || !timingSafeEqual(signed, expected)) {
      return null;
    }
    const said = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [string, string, string, number];
    const [accountId, interactionId, sha256, expiresAt] = said;
    return expiresAt > this.now() ? { accountId, interactionId, sha256 } : null;
  }

  private signature(body: string): Buffer {
    return createHmac('sha256', this.secret).update(body).digest();
  }
}
