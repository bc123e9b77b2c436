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
/** Two UUIDs, a SHA-256 and milliseconds since 1970 in 6 bytes; then the signature. A segment of a path has room for no more. */
const BODY_BYTES = 16 + 16 + 32 + 6;
const TOKEN = /^([A-Za-z0-9_-]{94})\/([A-Za-z0-9_-]{43})$/;

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

  /** Two segments of a path, and until when it is valid. */
  write({ accountId, interactionId, sha256 }: LinkedContent): { readonly token: string; readonly expiresAt: Date } {
    const expiresAt = new Date(this.now() + LINK_MS);
    const body = Buffer.alloc(BODY_BYTES);
    body.write(`${accountId}${interactionId}`.replaceAll('-', '') + sha256, 0, 'hex');
    body.writeUIntBE(expiresAt.getTime(), BODY_BYTES - 6, 6);
    const written = body.toString('base64url');
    return { token: `${written}/${this.signature(written).toString('base64url')}`, expiresAt };
  }

  /** What it opens; null for any text that is not ours, or not any more. */
  read(token: string): LinkedContent | null {
    const [, body = '', given = ''] = TOKEN.exec(token) ?? [];
    const signed = Buffer.from(given, 'base64url');
    const expected = this.signature(body);
    if (signed.length !== expected.length || !timingSafeEqual(signed, expected)) {
      return null;
    }
    const said = Buffer.from(body, 'base64url');
    const [accountId, interactionId] = [uuidAt(said, 0), uuidAt(said, 16)];
    const expiresAt = said.readUIntBE(BODY_BYTES - 6, 6);
    return expiresAt > this.now() ? { accountId, interactionId, sha256: said.toString('hex', 32, 64) } : null;
  }

  private signature(body: string): Buffer {
    return createHmac('sha256', this.secret).update(body).digest();
  }
}

function uuidAt(bytes: Buffer, start: number): string {
  return bytes.toString('hex', start, start + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
