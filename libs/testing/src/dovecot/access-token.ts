import { createHmac } from 'node:crypto';

/** What a token of the test issuer says. */
export interface TokenClaims {
  /** The mailbox's address. */
  readonly email: string;
  readonly expiresAt: Date;
}

/** Signs a JWT with HS256, as Dovecot's local validation wants it (RFC 7519). */
export function signAccessToken({ email, expiresAt }: TokenClaims, issuer: string, secret: Buffer): string {
  const now = Math.floor(Date.now() / 1000);
  const exp = Math.floor(expiresAt.getTime() / 1000);
  const header = encode({ typ: 'JWT', alg: 'HS256', kid: 'k1' });
  // A token that has expired was issued before that.
  const iat = Math.min(now, exp) - 60;
  const payload = encode({ iss: issuer, sub: email, email, azp: 'default', iat, nbf: iat, exp });
  const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
  return `${header}.${payload}.${signature}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
