import type { IncomingMessage } from 'node:http';
import type { RecordingCredentials } from '#libs/telephony';
import { pinnedAddresses, type Resolve } from '../fetch/pinned-addresses.js';
import { requestOnce } from '../fetch/request-once.js';
import { targetOf } from '../fetch/target.js';

type ClientCredentials = Extract<RecordingCredentials, { kind: 'client_credentials' }>;

export type TokenAnswer =
  | { readonly outcome: 'granted'; readonly token: string; /** Milliseconds. */ readonly lifetimeMs: number }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'unavailable' };

export interface TokenTools {
  readonly resolve: Resolve;
  readonly namedHosts: readonly string[];
  readonly ca?: string;
}

const PATIENCE_MS = 10_000;
const MOST_ANSWER_BYTES = 64 * 1024;
const SHORTEST_LIFETIME_SECONDS = 60;
const LONGEST_LIFETIME_SECONDS = 24 * 60 * 60;

/** Asks for a token by RFC 6749 §4.4. Only a refusal of the protocol says that the credentials are wrong. Never rejects. */
export async function askForToken(
  { tokenUrl, clientId, clientSecret }: ClientCredentials,
  { resolve, namedHosts, ca }: TokenTools,
  stop: AbortSignal,
): Promise<TokenAnswer> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]);
  const target = targetOf(tokenUrl, { ownHosts: [new URL(tokenUrl).hostname], namedHosts });
  try {
    const addresses = target.ok ? await pinnedAddresses(target, resolve, signal) : null;
    if (!target.ok || addresses === null) {
      return { outcome: 'refused' };
    }
    const headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basicAuthorization(encodeURIComponent(clientId), encodeURIComponent(clientSecret)),
    };
    const body = 'grant_type=client_credentials';
    const response = await requestOnce({ target, addresses, method: 'POST', headers, body, signal, ca });
    try {
      return judge(response.statusCode ?? 0, await readObject(response));
    } finally {
      response.destroy();
    }
  } catch {
    return { outcome: 'unavailable' };
  }
}

/** RFC 7617. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function judge(status: number, answer: Readonly<Record<string, unknown>>): TokenAnswer {
  const { access_token: token, expires_in: seconds, error } = answer;
  // Anything else would break the line of the header.
  if (status === 200 && typeof token === 'string' && /^[\x21-\x7e]{1,16384}$/.test(token)) {
    const told = Number.isFinite(Number(seconds)) ? Number(seconds) : 0;
    const lifetime = Math.min(Math.max(told, SHORTEST_LIFETIME_SECONDS), LONGEST_LIFETIME_SECONDS);
    return { outcome: 'granted', token, lifetimeMs: lifetime * 1000 };
  }
  const isRefusal = status === 401 || (status === 400 && typeof error === 'string');
  return { outcome: isRefusal ? 'refused' : 'unavailable' };
}

async function readObject(response: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) {
      return {};
    }
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
