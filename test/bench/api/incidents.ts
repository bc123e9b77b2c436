import type { Pool } from 'pg';
import { defaultAccountId } from '#libs/runtime';
import { createApiKey } from '#libs/testing';
import type { BenchContext } from '../context.js';
import type { Figure } from '../figure.js';
import { withCaseApi } from './case-api-process.js';
import { KeepAliveClient } from './keep-alive-client.js';

const INCIDENTS = 1000;
const CONNECTIONS = 8;
const AGENT = 'agent0@acme.example';
const MEMBERSHIP = `
  insert into group_member (account_id, group_id, agent_id)
  select g.account_id, g.id, a.id from agent_group g join agent a on a.account_id = g.account_id
  where g.account_id = $1 and g.name = 'Support' and a.email = '${AGENT}'`;

/**
 * A problem is resolved with its incidents, and whoever asked waits for all of them:
 * 1. a problem and its incidents are opened over HTTP   2. one request resolves the problem   3. lists show all as resolved
 */
export async function benchIncidents({ server, quick, say }: BenchContext): Promise<Figure[]> {
  const database = await server.create('incidents');
  await database.pool.query(MEMBERSHIP, [defaultAccountId]);
  const key = await keyOf(database.pool);
  return withCaseApi(database, async (origin) => {
    const client = new KeepAliveClient(origin, { authorization: `Bearer ${key}` }, CONNECTIONS);
    const times: number[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round += 1) {
      times.push(await resolveProblem(client, database.pool));
      say(`  ${INCIDENTS} incidents: ${Math.round(times.at(-1) ?? 0)} ms`);
    }
    client.close();
    const figure = { bench: 'api', unit: 'ms', limit: null };
    const name = `a problem resolved with ${INCIDENTS.toLocaleString('en')} incidents, slowest of ${times.length}`;
    return [{ ...figure, name, value: Math.max(...times), wanted: { atMost: 2000 } }];
  });
}

function keyOf(pool: Pool): Promise<string> {
  return createApiKey(pool, { accountId: defaultAccountId, name: 'incidents', scopes: ['cases:write'] });
}

/** Milliseconds until the answer to the resolution came. @throws when an incident is not resolved with it. */
async function resolveProblem(client: KeepAliveClient, pool: Pool): Promise<number> {
  const requester = { email: 'requester@shop.example' };
  const problem = await create(client, {
    type: 'problem',
    subject: 'It is down',
    assignee_id: `email:${AGENT}`,
    requester,
  });
  let left = INCIDENTS;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left > 0) {
        left -= 1;
        await create(client, { type: 'incident', subject: 'It is down for me', problem_id: problem, requester });
      }
    }),
  );
  const body = JSON.stringify({ resolution: 'It is up again.' });
  const started = performance.now();
  await client.ask({ method: 'POST', path: `/v1/cases/${problem}/resolve`, body });
  const took = performance.now() - started;
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from cases where problem_id = $1 and category = 'resolved'`,
    [problem],
  );
  if (rows[0]?.count !== INCIDENTS) {
    throw new Error(`${rows[0]?.count ?? 0} of ${INCIDENTS} incidents are resolved`);
  }
  return took;
}

async function create(client: KeepAliveClient, body: object): Promise<string> {
  const text = await client.ask({ method: 'POST', path: '/v1/cases', body: JSON.stringify(body) });
  return (JSON.parse(text) as { id: string }).id;
}
