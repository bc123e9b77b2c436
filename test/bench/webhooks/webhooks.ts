import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CASE_STORE_MIGRATIONS } from '#libs/case-store';
import { CHANNEL_KIT_MIGRATIONS } from '#libs/channel-kit';
import { interactionTopic } from '#libs/interaction';
import { migrate } from '#libs/postgres';
import { DEFAULT_CAST, lifecycleNamed, playedCall, PROVIDERS, type SignedRequest } from '#libs/telephony';
import type { Connection } from '#libs/webhook';
import { startParts, type Parts } from '../../faults/parts.js';
import { NODE_OPTIONS_OF_THE_IMAGE, startProgram, type RunningApp } from '../../faults/processes.js';
import type { BenchContext } from '../context.js';
import { median, percentile, type Figure } from '../figure.js';
import { withApp } from '../processes-under-bench.js';
import { processorSeconds } from '../processor-time.js';
import { recordsOf } from './bare-records.js';
import { sendOver, type Load } from './load.js';

const CONNECTIONS = 64;
const PUBLIC_URL = 'https://hooks.acme.example';
const SECRETS = {
  generic: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  twilio: '00112233445566778899aabbccddeeff',
};
type Name = keyof typeof SECRETS;
const NAMES = Object.keys(SECRETS) as Name[];
const LOGS = ['embedded', 'kafka'] as const;
/** Requests that fill caches and compile what runs often; they do not count. */
const WARM_UP = 10_000;

const TELEPHONY = `telephony:
  - { provider: generic, key: bench, secret: ${SECRETS.generic}, group: Support, country: PT, recordings: none }
  - { provider: twilio, key: bench, publicUrl: ${PUBLIC_URL}, authToken: '${SECRETS.twilio}',
      accountSid: AC${'0'.repeat(32)}, group: Support, country: PT, recordings: none }
`;

/**
 * Signed webhooks to durable facts: the app for calls in a process of its own, with verification and the delivery log, beside a bare
 * handler in another that publishes records of the same bytes to the same log. The same client sends to both in turn.
 */
export async function benchWebhooks({ quick, only, say }: BenchContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const log of LOGS.filter((one) => only === null || one === only)) {
    const parts = await startParts(log, 'manual', { more: TELEPHONY });
    try {
      await migrate(parts.pool, CASE_STORE_MIGRATIONS);
      await migrate(parts.pool, CHANNEL_KIT_MIGRATIONS);
      figures.push(...(await measure(parts, { rounds: quick ? 2 : 7, count: quick ? 3000 : 10_000 }, say)));
    } finally {
      await parts.stop({ keep: false });
    }
  }
  return figures;
}

interface Amount {
  readonly rounds: number;
  readonly count: number;
}

async function measure(parts: Parts, { rounds, count }: Amount, say: BenchContext['say']): Promise<Figure[]> {
  return withApp('call', parts.environment, NODE_OPTIONS_OF_THE_IMAGE, async (app) => {
    await Promise.all(NAMES.map((name) => sendOver(app.port, CONNECTIONS, signedRequests(name, WARM_UP, 'warm-up'))));
    const bare = await startBare(parts);
    try {
      const figures: Figure[] = [];
      for (const name of NAMES) {
        await sendOver(bare.port, CONNECTIONS, signedRequests(name, WARM_UP, 'warm-up'));
        const [ours, limits]: [Load[], number[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          const requests = signedRequests(name, count, `${round}`);
          const load = await loadOn(app, requests);
          const limit = await loadOn(bare, requests);
          say(`  ${parts.log.kind}, ${name}: ${toldOf(load)} beside ${toldOf(limit)}`);
          ours.push(load);
          limits.push(limit.rate);
        }
        figures.push(...figuresOf(`${name} on the ${parts.log.kind} log`, ours, limits));
      }
      return figures;
    } finally {
      await bare.kill('SIGKILL');
    }
  });
}

/** The bare handler, with records that the app has made. */
async function startBare(parts: Parts): Promise<RunningApp> {
  const file = join(parts.folder, 'records.json');
  await writeFile(file, await recordsOf(parts.log, interactionTopic('call')));
  const program = { name: 'bare', file: 'test/bench/webhooks/bare-handler.js' };
  const bare = await startProgram(
    program,
    parts.folder,
    { ...parts.environment, RECORDS: file },
    NODE_OPTIONS_OF_THE_IMAGE,
  );
  await bare.ready();
  return bare;
}

interface MeasuredLoad extends Load {
  /** Processor time of the process that was asked, in microseconds for each request. */
  readonly processorTime: number;
}

async function loadOn(
  { port, processId }: Pick<RunningApp, 'port' | 'processId'>,
  requests: readonly SignedRequest[],
): Promise<MeasuredLoad> {
  const before = await processorSeconds(processId);
  const load = await sendOver(port, CONNECTIONS, requests);
  return { ...load, processorTime: (((await processorSeconds(processId)) - before) * 1e6) / requests.length };
}

function toldOf({ rate, latencies, processorTime }: MeasuredLoad): string {
  const p99 = percentile(latencies, 0.99).toFixed(1);
  return `${Math.round(rate)}/s (p99 ${p99} ms, ${Math.round(processorTime)} µs of processor each)`;
}

function figuresOf(name: string, ours: readonly Load[], limits: readonly number[]): Figure[] {
  return [
    {
      bench: 'webhooks',
      name: `${name}, ${CONNECTIONS} connections`,
      unit: 'requests/s',
      value: median(ours.map(({ rate }) => rate)),
      limit: { name: 'bare Nest + Fastify', value: median(limits) },
      wanted: { ratio: 0.8 },
    },
    {
      bench: 'webhooks',
      name: `${name}, p99`,
      unit: 'ms',
      value: median(ours.map(({ latencies }) => percentile(latencies, 0.99))),
      limit: null,
      wanted: { atMost: 60 },
    },
  ];
}

/** Requests of answered calls, each call another one and of another caller, signed now. */
function signedRequests(name: Name, count: number, run: string): SignedRequest[] {
  const provider = PROVIDERS.find((one) => one.name === name)!;
  const settings = provider.vendor.settingsWith(SECRETS[name]);
  const connection: Connection = { provider: name, key: 'bench', publicUrl: PUBLIC_URL, settings };
  const now = Date.now();
  const requests: SignedRequest[] = [];
  for (let call = 0; requests.length < count; call += 1) {
    const cast = { ...DEFAULT_CAST, caller: `+35191${String(call).padStart(7, '0')}` };
    const played = playedCall(lifecycleNamed('answered')!, { seed: `${run} ${call}`, now, cast });
    const told = provider.vendor.tell(played, connection);
    requests.push(...(typeof told === 'string' ? [] : told).map((one) => provider.vendor.sign(one, connection, now)));
  }
  return requests.slice(0, count);
}
