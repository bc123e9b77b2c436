import type { IncomingMessage } from 'node:http';
import type { BlobStore } from '#libs/blob-store';
import type { StoredSound } from '#libs/channel-kit';
import { judgeStatus, type FetchFailure } from './judge-status.js';
import { pinnedAddresses, type Resolve } from './pinned-addresses.js';
import { requestOnce } from './request-once.js';
import { StoreFailure } from './store-failure.js';
import { storeSound } from './store-sound.js';
import { targetOf, type HostPolicy, type Target } from './target.js';

/** What one attempt to fetch a sound came to. `host`: who was asked last, for an operator. */
export type FetchEnd = (FetchFailure | { readonly end: 'stored'; readonly content: StoredSound }) & {
  readonly host: string | null;
};

export interface SoundRequest {
  readonly address: string;
  readonly policy: HostPolicy;
  /** `Authorization` for the provider's own hosts; null where nobody is asked who they are. */
  readonly authorization: string | null;
  readonly maxBytes: number;
}

export interface FetchTools {
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly resolve: Resolve;
  /** For the whole of an attempt. Milliseconds. */
  readonly timeoutMs: number;
  /** Certificates to trust instead of the machine's; for tests. */
  readonly ca?: string;
}

const MOST_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * One attempt to bring a sound into the blob store. Whatever the other side does is an end; it rejects when our own store
 * fails, or when `stop` aborts.
 *
 * 1. The address is read: its host must be the provider's, or named.
 * 2. The host is looked up once; what it leads to must be public, unless the host is named.
 * 3. It is asked, with credentials when it is the provider's own and the one that the address named.
 * 4. A redirect begins again at 1; a sound is stored.
 */
export async function fetchSound(request: SoundRequest, tools: FetchTools, stop: AbortSignal): Promise<FetchEnd> {
  const timeout = AbortSignal.timeout(tools.timeoutMs);
  const signal = AbortSignal.any([stop, timeout]);
  let host: string | null = null;
  try {
    return await follow(request, { ...tools, signal, onHost: (asked) => (host = asked) });
  } catch (error) {
    if (stop.aborted || error instanceof StoreFailure) {
      throw error instanceof StoreFailure ? error.cause : error;
    }
    return { end: 'again', reason: timeout.aborted ? 'timeout' : 'unreachable', retryAfterMs: null, host };
  }
}

interface Attempt extends FetchTools {
  readonly signal: AbortSignal;
  readonly onHost: (host: string | null) => void;
}

async function follow(request: SoundRequest, attempt: Attempt): Promise<FetchEnd> {
  const first = targetOf(request.address, request.policy);
  let target: Target = first;
  for (let redirects = 0; ; redirects += 1) {
    const { host } = target;
    attempt.onHost(host);
    if (!target.ok) {
      return { end: 'failed', failure: target.failure, host };
    }
    const addresses = await pinnedAddresses(target, attempt.resolve, attempt.signal);
    if (addresses === null) {
      return { end: 'failed', failure: 'private_address', host };
    }
    const authorization = mayKnowUs(target, first) ? request.authorization : null;
    const headers = { accept: 'audio/*, */*;q=0.1', ...(authorization === null ? {} : { authorization }) };
    const response = await requestOnce({ ...attempt, target, addresses, method: 'GET', headers });
    try {
      const next = redirectOf(response, target.url);
      if (next === null) {
        return { ...(await take(response, request, { attempt, withCredentials: authorization !== null })), host };
      }
      if (redirects === MOST_REDIRECTS) {
        return { end: 'failed', failure: 'too_many_redirects', host };
      }
      target = next === '' ? { ok: false, failure: 'invalid_address', host } : targetOf(next, request.policy);
    } finally {
      response.destroy();
    }
  }
}

/** Credentials go to hosts of the provider alone, never across to another one, and never in the clear. */
function mayKnowUs(target: Extract<Target, { ok: true }>, first: Target): boolean {
  return target.isOwn && target.host === first.host && target.url.protocol === 'https:';
}

/** Where the answer leads to; empty where it does not say. Null: it leads nowhere. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, base: URL): string | null {
  if (!REDIRECTS.includes(statusCode)) {
    return null;
  }
  const { location = '' } = headers;
  return location !== '' && URL.canParse(location, base.href) ? new URL(location, base).href : '';
}

async function take(
  response: IncomingMessage,
  { maxBytes }: SoundRequest,
  { attempt, withCredentials }: { readonly attempt: Attempt; readonly withCredentials: boolean },
): Promise<FetchFailure | { readonly end: 'stored'; readonly content: StoredSound }> {
  const { statusCode = 0, headers } = response;
  const failure = judgeStatus(statusCode, { withCredentials, retryAfter: headers['retry-after'] });
  if (failure !== null) {
    return failure;
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    return { end: 'failed', failure: 'too_large' };
  }
  return storeSound(response, maxBytes, attempt.blobs);
}
