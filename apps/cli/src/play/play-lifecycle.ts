import { setTimeout as wait } from 'node:timers/promises';
import {
  type Cast,
  type Disturbance,
  type Lifecycle,
  playedCall,
  sendOrder,
  type SignedRequest,
  type ToldRequest,
} from '#libs/telephony';
import { calledAddress } from '#libs/webhook';
import { failed, messageOf, succeeded, type Outcome } from '../context.js';
import type { Stage } from './connection-to-play.js';

export interface Performance extends Disturbance {
  readonly requests: readonly ToldRequest[];
  /** Milliseconds between two requests. */
  readonly delay: number;
}

/** One request, and what the server said. */
export interface Sent {
  /** In the order in which the call was; a repetition has the number of the first. */
  readonly number: number;
  /** The first words of the body, for people. */
  readonly summary: string;
  readonly status: number;
  readonly answer: string;
}

/** What the provider tells of a call that ends now; the reason names what it has no event for. */
export function toldBy(
  { provider, connection }: Stage,
  lifecycle: Lifecycle,
  { cast, seed }: { readonly cast: Cast; readonly seed: string },
): Outcome<readonly ToldRequest[]> {
  const told = provider.vendor.tell(playedCall(lifecycle, { seed, now: Date.now(), cast }), connection);
  return typeof told === 'string'
    ? failed(`${provider.name} has no event for "${lifecycle.name}": it cannot tell ${told}.`)
    : succeeded(told);
}

/**
 * Sends requests, each signed at the moment of sending.
 *
 * 1. Again, and mixed, as it is asked for.
 * 2. One after the other, with so long between two as it is asked for; the first that is not answered ends it.
 */
export async function playRequests(
  { provider, connection, server }: Stage,
  { requests, delay, ...disturbance }: Performance,
  { signal, said }: { readonly signal: AbortSignal; readonly said: (sent: Sent) => void },
): Promise<Outcome<null>> {
  const numbered = requests.map((request, index) => ({ request, number: index + 1 }));
  for (const [index, { request, number }] of sendOrder(numbered, disturbance).entries()) {
    if (index > 0 && delay > 0) {
      await wait(delay, undefined, { signal });
    }
    const answer = await send(server, provider.vendor.sign(request, connection, Date.now()), signal);
    if (!answer.ok) {
      return answer;
    }
    said({ number, summary: summaryOf(request), ...answer.value });
  }
  return succeeded(null);
}

const PATIENCE_MS = 15_000;

async function send(
  server: string,
  { target, headers, body }: SignedRequest,
  signal: AbortSignal,
): Promise<Outcome<Pick<Sent, 'status' | 'answer'>>> {
  try {
    const response = await fetch(calledAddress(server, target), {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    return succeeded({ status: response.status, answer: await response.text() });
  } catch (error) {
    return failed(`${server} cannot be reached: ${messageOf(error)}.`);
  }
}

/** Members that say which of the events of a call it is. */
const TELLING = ['type', 'event', 'CallStatus', 'RecordingStatus', 'TranscriptionStatus', 'QueueResult'];

function summaryOf({ body, contentType }: ToldRequest): string {
  const plain =
    contentType === 'application/json'
      ? (JSON.parse(body) as Record<string, unknown>)
      : Object.fromEntries(new URLSearchParams(body));
  const texts = TELLING.map((name) => plain[name]).filter((value) => typeof value === 'string' && value !== '');
  const leg = plain['ParentCallSid'] === undefined ? '' : ' of a leg';
  return texts.join(', ') + leg;
}
