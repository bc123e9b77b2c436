import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SignedRequest } from '#libs/telephony';
import type { Telling } from './telling.js';

/** The vendors' side of a run: what they send, and how much of it was taken. */
export interface Sending {
  /** Requests that are taken so far, and in all. */
  readonly taken: () => number;
  readonly all: number;
  /** The longest that one waited for its answer: so much longer than planned was a delay. */
  readonly slowestMs: () => number;
  /** Resolves when everything is taken; rejects when something is refused. */
  readonly done: Promise<void>;
}

const CONNECTIONS = 64;
const AGAIN_AFTER_MS = 500;
const MOST_TRIES = 600;
/** A refusal that would pass: the log is slow, or its process is not there. */
const PASSING = 503;

/** Tells so many at once side by side, each one request after the other, signed at the moment of sending. */
export function startSending(tellings: readonly Telling[], url: string, atOnce: number): Sending {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const [progress, waiting] = [{ taken: 0, slowestMs: 0 }, tellings.values()];
  const tell = async ({ name, provider, connection, requests }: Telling): Promise<void> => {
    for (const { request: told, afterMs } of requests) {
      await delay(afterMs);
      const begun = performance.now();
      const status = await sendUntilTaken(() => post(url, agent, provider.vendor.sign(told, connection, Date.now())));
      if (status >= 300) {
        throw new Error(`${name}: a request was answered with ${status}: ${told.body}`);
      }
      progress.taken += 1;
      progress.slowestMs = Math.max(progress.slowestMs, performance.now() - begun);
    }
  };
  const worker = async (): Promise<void> => {
    for (const telling of waiting) {
      await tell(telling);
    }
  };
  return {
    taken: () => progress.taken,
    slowestMs: () => progress.slowestMs,
    all: tellings.reduce((sum, { requests }) => sum + requests.length, 0),
    done: Promise.all(Array.from({ length: atOnce }, worker)).then(() => agent.destroy()),
  };
}

async function sendUntilTaken(send: () => Promise<number>): Promise<number> {
  let status = await send();
  for (let again = 0; status === PASSING && again < MOST_TRIES; again += 1) {
    await delay(AGAIN_AFTER_MS);
    status = await send();
  }
  return status;
}

/** What the server answered. */
function post(url: string, agent: Agent, { target, headers, body }: SignedRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const sent = request(url + target, { method: 'POST', agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
