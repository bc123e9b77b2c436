/**
 * The peer of the Case API: Fastify and pg and nothing else. Each request runs the statements that one request of ours has
 * sent, on one connection and with the same values, and answers with the rows of the largest result as JSON.
 */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { createPool } from '#libs/postgres';
import { statementsOf, type SentStatement } from './statement-record.js';

const { DATABASE_URL = '', PORT = '0', STATEMENTS_FILE = '' } = process.env;

/** By kind of request, the statements of each that was recorded. */
const recorded = JSON.parse(readFileSync(STATEMENTS_FILE, 'utf8')) as Readonly<Record<string, readonly string[]>>;
const requests = new Map(Object.entries(recorded).map(([kind, all]) => [kind, all.map(statementsOf)]));
const next = new Map<string, number>();
const pool = createPool({ connectionString: DATABASE_URL, applicationName: 'bare' });

async function run(statements: readonly SentStatement[]): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    let largest: unknown[] = [];
    for (const { values, ...statement } of statements) {
      // Without values it may be several statements, which the driver sends as they are.
      const result = await client.query(values.length === 0 ? statement : { ...statement, values: [...values] });
      const rows = Array.isArray(result) ? [] : result.rows;
      largest = rows.length > largest.length ? rows : largest;
    }
    return largest;
  } finally {
    client.release();
  }
}

const server = Fastify();
server.get('/readyz', () => ({ ok: true }));
for (const [kind, all] of requests) {
  server.route({
    method: kind === 'create' ? 'POST' : 'GET',
    url: `/${kind}`,
    handler: async (_, reply) => {
      const index = next.get(kind) ?? 0;
      next.set(kind, index + 1);
      return reply.code(kind === 'create' ? 201 : 200).send(await run(all[index % all.length] ?? []));
    },
  });
}
await server.listen({ port: Number(PORT), host: '127.0.0.1' });
