import { request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import { lookupOf } from './pinned-addresses.js';
import type { Target } from './target.js';

export interface OneRequest {
  readonly target: Extract<Target, { ok: true }>;
  /** Checked. */
  readonly addresses: readonly string[];
  readonly method: 'GET' | 'POST';
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Certificates to trust instead of the machine's; for tests. */
  readonly ca?: string;
}

/** The beginning of an answer. Follows nothing, asks no proxy, keeps no connection. Rejects when the connection breaks. */
export function requestOnce({
  target,
  addresses,
  method,
  headers,
  body,
  signal,
  ca,
}: OneRequest): Promise<IncomingMessage> {
  const { url, host } = target;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = send({
      host,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method,
      headers: {
        host: url.host.replace(/\.(?=:|$)/, ''),
        'accept-encoding': 'identity',
        'user-agent': 'casewright',
        ...headers,
      },
      lookup: lookupOf(addresses),
      agent: false,
      signal,
      maxHeaderSize: 16 * 1024,
      ...(ca === undefined ? {} : { ca }),
    });
    sent.once('response', (response) => {
      // Whoever reads it hears of it; nobody does once it is dropped.
      response.on('error', () => undefined);
      resolve(response);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
