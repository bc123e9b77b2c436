import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';
import type { Target } from './target.js';

/** Addresses of a host, in the order in which they are to be tried. Rejects when it has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/**
 * The addresses that a request will be sent to. They are asked for once: who answered now is who is connected to, so that
 * a name cannot lead somewhere else the second time. Null when one of them is not public and the host is not named.
 */
export async function pinnedAddresses(
  { host, isNamed }: Extract<Target, { ok: true }>,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const addresses = isIP(host) === 0 ? await unlessAborted(resolve(host), signal) : [host];
  return isNamed || addresses.every(isPublicAddress) ? addresses : null;
}

/** Answers a connection's question for its host with what was checked. */
export function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, done) => {
    const [first] = all;
    if (first === undefined) {
      done(Object.assign(new Error('the host has no address'), { code: 'ENOTFOUND' }), '');
    } else if (options.all === true) {
      done(null, all);
    } else {
      done(null, first.address, first.family);
    }
  };
}

/** Nobody can take back a question to the resolver; who asked goes on without its answer. */
async function unlessAborted<Value>(answer: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
