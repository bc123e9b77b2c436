import {
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from 'jose';
import { normaliseEmailAddress } from '#libs/interaction';
import type { CallBarConfiguration } from '#libs/runtime';

/** Seconds by which clocks may differ. */
const TOLERANCE = 60;
/** Milliseconds for the keys of an identity provider, and between two questions about a key that it does not have. */
const KEYS_TIMEOUT = 2_000;
const KEYS_COOLDOWN = 30_000;

/** Whom a token names. `unavailable`: the identity provider's keys cannot be had now, so nobody knows. */
export type TokenVerdict =
  | { readonly ok: true; readonly agent: string }
  | { readonly ok: false; readonly code: 'token-missing' | 'token-expired' | 'token-invalid' | 'unavailable' };

export interface CallBarToken {
  readonly token: string;
  /** ISO instant, to the second. */
  readonly expiresAt: string;
}

/** A way in which tokens are checked: its algorithms never depend on what a token says of itself. */
type Way = (token: string) => Promise<JWTPayload>;

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*) *$/i;
const LONGEST = 4096;

/**
 * Tokens of the call bar (channels.md C): JWTs (RFC 7519) that say who presses. HS256 by a secret of ours, or RS256 and
 * ES256 by the published keys of an identity provider; which of them is a matter of the configuration alone.
 */
export class CallBarTokens {
  private readonly ways: readonly Way[];

  constructor(
    private readonly settings: CallBarConfiguration,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.ways = waysOf(settings, now);
  }

  /** Whom an `Authorization` header names. Never rejects. */
  async verify(header: string | undefined): Promise<TokenVerdict> {
    if (header === undefined) {
      return { ok: false, code: 'token-missing' };
    }
    const token = header.length > LONGEST ? undefined : BEARER.exec(header)?.[1];
    let code: 'token-expired' | 'token-invalid' | 'unavailable' = 'token-invalid';
    for (const way of token === undefined ? [] : this.ways) {
      try {
        return this.verdictOf(await way(token ?? ''));
      } catch (error) {
        code = codeOf(error);
      }
      if (code === 'token-expired') {
        break;
      }
    }
    return { ok: false, code };
  }

  /**
   * A token for an agent, for so many seconds from now. Null where an identity provider signs them, or nothing is set up.
   */
  async issue(agent: string, seconds: number): Promise<CallBarToken | null> {
    const { secret, audience } = this.settings;
    if (secret === null) {
      return null;
    }
    const issuedAt = Math.floor(this.now().getTime() / 1000);
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(audience)
      .setSubject(agent)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + seconds)
      .sign(Buffer.from(secret));
    return { token, expiresAt: new Date((issuedAt + seconds) * 1000).toISOString() };
  }

  private verdictOf({ sub, iat, exp }: JWTPayload): TokenVerdict {
    const agent = agentOf(sub);
    const now = this.now().getTime() / 1000;
    const isSound =
      agent !== null &&
      iat !== undefined &&
      exp !== undefined &&
      iat <= now + TOLERANCE &&
      exp - iat <= this.settings.maxTokenHours * 3600;
    return isSound ? { ok: true, agent } : { ok: false, code: 'token-invalid' };
  }
}

function waysOf(settings: CallBarConfiguration, now: () => Date): Way[] {
  const { secret, previousSecret, jwksUrl, issuer, audience } = settings;
  const options = (): JWTVerifyOptions => ({
    audience,
    clockTolerance: TOLERANCE,
    currentDate: now(),
    requiredClaims: ['sub', 'iat', 'exp'],
  });
  if (jwksUrl !== null && issuer !== null) {
    const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(jwksUrl), {
      timeoutDuration: KEYS_TIMEOUT,
      cooldownDuration: KEYS_COOLDOWN,
    });
    const algorithms = ['RS256', 'ES256'];
    return [async (token) => (await jwtVerify(token, keys, { ...options(), algorithms, issuer })).payload];
  }
  return [secret, previousSecret].flatMap((one): Way[] => {
    const key = one === null ? null : Buffer.from(one);
    const algorithms = ['HS256'];
    return key === null ? [] : [async (token) => (await jwtVerify(token, key, { ...options(), algorithms })).payload];
  });
}

/** An email in the spelling of identities, or an id. */
function agentOf(subject: string | undefined): string | null {
  const isPlain = subject !== undefined && /^[^\s\p{Cc}]{1,320}$/u.test(subject);
  return isPlain ? (normaliseEmailAddress(subject) ?? subject.toLowerCase()) : null;
}

/** What is not about the token is about the keys: they could not be fetched. */
function codeOf(error: unknown): 'token-expired' | 'token-invalid' | 'unavailable' {
  if (error instanceof errors.JWTExpired) {
    return 'token-expired';
  }
  const isOfKeys = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  return error instanceof errors.JOSEError && !isOfKeys && error.code !== 'ERR_JOSE_GENERIC'
    ? 'token-invalid'
    : 'unavailable';
}
