import { Agent, request } from 'node:http';
import type { SignedRequest } from '#libs/telephony';

/** What a load came to. */
export interface Load {
  /** Requests in a second. */
  readonly rate: number;
  /** Milliseconds of each request, in no order. */
  readonly latencies: readonly number[];
}

/** Sends requests over so many connections that are kept, one at a time on each. @throws when one is not taken. */
export async function sendOver(port: number, connections: number, requests: readonly SignedRequest[]): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  try {
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (let one = requests[next++]; one !== undefined; one = requests[next++]) {
          const sent = performance.now();
          await send(port, agent, one);
          latencies.push(performance.now() - sent);
        }
      }),
    );
    return { rate: requests.length / ((performance.now() - started) / 1000), latencies };
  } finally {
    agent.destroy();
  }
}

function send(port: number, agent: Agent, { target, headers, body }: SignedRequest): Promise<void> {
  const options = {
    host: '127.0.0.1',
    port,
    path: target,
    method: 'POST',
    agent,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      const { statusCode = 0 } = answer;
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () =>
        statusCode >= 200 && statusCode < 300 ? resolve() : reject(new Error(`${target}: ${statusCode}`)),
      );
    });
    sent.once('error', reject).end(body);
  });
}
