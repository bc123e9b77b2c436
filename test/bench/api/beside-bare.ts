import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultAccountId } from '#libs/runtime';
import { createApiKey } from '#libs/testing';
import { ROOT, startProgram } from '../../faults/processes.js';
import type { BenchDatabase } from '../bench-server.js';
import type { BenchContext } from '../context.js';
import { median, type Figure } from '../figure.js';
import { withCaseApi } from './case-api-process.js';
import { fillCases } from './fill-cases.js';
import { type Asked, KeepAliveClient } from './keep-alive-client.js';
import { statementsOf } from './statement-record.js';

const EXISTING = 20_000;
const CONNECTIONS = 8;
const KINDS = ['create', 'read', 'list'] as const;
type Kind = (typeof KINDS)[number];
/** What is read changes nothing, so few requests are enough to be repeated. */
const RECORDED_READS = 200;

/** Requests of a round, by kind. */
type Amounts = Readonly<Record<Kind, number>>;

/** Statements of each request, by kind, as text of `statement-record.ts`. */
type Recorded = Readonly<Record<Kind, readonly string[]>>;

/**
 * Create, read and list beside a bare handler that sends the same statements:
 * 1. two databases alike   2. requests one after another on the first, whose statements are recorded
 * 3. rounds in turn: requests to the Case API on the first, the recorded statements on the second; each by the same client
 */
export async function benchBesideBare({ server, quick, cases, say }: BenchContext): Promise<Figure[]> {
  const rounds = quick ? 3 : 7;
  const amounts: Amounts = quick ? { create: 200, read: 600, list: 200 } : { create: 500, read: 2000, list: 500 };
  const filled = await server.create('api');
  await fillCases(filled.pool, { count: cases ?? EXISTING, due: 0 }, say);
  const key = await createApiKey(filled.pool, { accountId: defaultAccountId, name: 'bench', scopes: ['cases:write'] });
  const ids = await someIds(filled);
  const [ours, bare] = await server.copy(filled, 'bare');
  const asked = (kind: Kind): Asked => requestOf(kind, ids);
  const folder = await mkdtemp(join(tmpdir(), 'casewright-bench-bare-'));
  try {
    const recorded = await record(ours, { key, folder, asked, creates: amounts.create * (rounds + 1) });
    KINDS.forEach((kind) => say(`  the statements of ${kind}:\n${shown(recorded[kind].at(-1) ?? '')}`));
    return await withCaseApi(ours, (origin) => {
      return withBare(bare, folder, recorded, (bareOrigin) => {
        const clients = {
          ours: new KeepAliveClient(origin, { authorization: `Bearer ${key}` }, CONNECTIONS),
          bare: new KeepAliveClient(bareOrigin, {}, CONNECTIONS),
        };
        return measure({ clients, rounds, amounts, asked, say });
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function someIds({ pool }: BenchDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select id from cases where deleted_at is null limit 5000');
  return rows.map(({ id }) => id);
}

let asks = 0;

function requestOf(kind: Kind, ids: readonly string[]): Asked {
  asks += 1;
  switch (kind) {
    case 'create': {
      const requester = { email: `requester${asks}@shop.example`, name: `Requester ${asks}` };
      const body = {
        subject: `Order ${asks} came broken`,
        description: 'We ordered two lamps.',
        priority: 'high',
        requester,
      };
      return {
        method: 'POST',
        path: '/v1/cases',
        body: JSON.stringify(body),
        headers: { 'idempotency-key': randomUUID() },
      };
    }
    case 'read':
      return { path: `/v1/cases/${ids[(asks * 7919) % ids.length] ?? ''}` };
    case 'list':
      return { path: `/v1/cases?status=open,pending` };
  }
}

interface Recording {
  readonly key: string;
  readonly folder: string;
  readonly asked: (kind: Kind) => Asked;
  readonly creates: number;
}

async function record(database: BenchDatabase, { key, folder, asked, creates }: Recording): Promise<Recorded> {
  const file = join(folder, 'statements.jsonl');
  const recorder = pathToFileURL(join(ROOT, 'dist/test/bench/api/record-statements.js')).href;
  const options = { nodeOptions: ['--import', recorder], variables: { STATEMENTS_FILE: file } };
  return withCaseApi(
    database,
    async (origin) => {
      const client = new KeepAliveClient(origin, { authorization: `Bearer ${key}` }, 1);
      const recorded = { create: [] as string[], read: [] as string[], list: [] as string[] };
      // The first request notes that the client was here, which it does once a minute.
      await client.ask(asked('read'));
      for (const kind of KINDS) {
        const marks = [(await stat(file)).size];
        for (let index = 0; index < (kind === 'create' ? creates : RECORDED_READS); index += 1) {
          await client.ask(asked(kind));
          marks.push((await stat(file)).size);
        }
        const bytes = await readFile(file);
        recorded[kind] = marks.slice(1).map((end, index) => bytes.subarray(marks[index], end).toString());
      }
      client.close();
      return recorded;
    },
    options,
  );
}

/** Statements for people. */
function shown(lines: string): string {
  return statementsOf(lines)
    .map(({ text }) => `    ${text.replaceAll(/\s+/g, ' ').trim()}`)
    .join('\n');
}

async function withBare<Result>(
  { connectionString }: BenchDatabase,
  folder: string,
  recorded: Recorded,
  work: (origin: string) => Promise<Result>,
): Promise<Result> {
  const file = join(folder, 'recorded.json');
  await writeFile(file, JSON.stringify(recorded));
  const program = { name: 'bare', file: 'test/bench/api/bare-server.js' };
  const bare = await startProgram(program, folder, { DATABASE_URL: connectionString, STATEMENTS_FILE: file });
  try {
    await bare.ready();
    return await work(`http://127.0.0.1:${bare.port}`);
  } finally {
    await bare.kill('SIGKILL');
  }
}

interface Measuring {
  readonly clients: { readonly ours: KeepAliveClient; readonly bare: KeepAliveClient };
  readonly rounds: number;
  readonly amounts: Amounts;
  readonly asked: (kind: Kind) => Asked;
  readonly say: BenchContext['say'];
}

async function measure({ clients, rounds, amounts, asked, say }: Measuring): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of KINDS) {
    const [ours, bare]: [number[], number[]] = [[], []];
    const peer: Asked = { method: kind === 'create' ? 'POST' : 'GET', path: `/${kind}` };
    // The first round fills caches and compiles; it does not count.
    for (let round = 0; round <= rounds; round += 1) {
      const rate = await rateOf(clients.ours, amounts[kind], () => asked(kind));
      // With a body like ours, which the peer reads too.
      const { body } = asked(kind);
      const limit = await rateOf(clients.bare, amounts[kind], () => (body === undefined ? peer : { ...peer, body }));
      if (round > 0) {
        ours.push(rate);
        bare.push(limit);
      }
      say(`  ${kind}: ${Math.round(rate)}/s beside ${Math.round(limit)}/s`);
    }
    figures.push({
      bench: 'api',
      name: `${kind}, ${CONNECTIONS} connections`,
      unit: 'requests/s',
      value: median(ours),
      limit: { name: 'bare Fastify + pg', value: median(bare) },
      wanted: { ratio: 0.6 },
    });
  }
  return figures;
}

/** Requests per second, one at a time on each connection. */
async function rateOf(client: KeepAliveClient, count: number, next: () => Asked): Promise<number> {
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left > 0) {
        left -= 1;
        await client.ask(next());
      }
    }),
  );
  return count / ((performance.now() - started) / 1000);
}
