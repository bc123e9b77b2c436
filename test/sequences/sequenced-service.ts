import { Agent } from 'node:http';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { declareConfiguration } from '#libs/case-store';
import { createApiKey, aDeclaration, aDeclaredAccount, aDeclaredAgent, aDeclaredGroup } from '#libs/testing';
import type { Pool } from 'pg';
import { closeDueCases } from '../../apps/case-builder/src/timers/auto-close.js';
import { OUR_ACCOUNT } from '../integration/case-api/identities.js';
import { startApi } from '../integration/case-api/started-api.js';
import type { SequencedService } from './run-sequence.js';

const SIX_DAYS = 6 * 24 * 60 * 60 * 1000;
const ACCOUNT = aDeclaredAccount({ id: OUR_ACCOUNT });
const DECLARED = aDeclaration({
  account: ACCOUNT,
  groups: [aDeclaredGroup('Support'), aDeclaredGroup('Sales')],
  agents: [
    aDeclaredAgent('ana@acme.example', 'Ana'),
    { ...aDeclaredAgent('ben@acme.example', 'Ben'), groups: ['Support', 'Sales'] },
    { ...aDeclaredAgent('bo@acme.example', 'Bo'), groups: ['Sales'] },
  ],
});

/** The API on an empty database, with a clock that is put forward. */
export async function startSequencedService(
  pool: Pool,
): Promise<SequencedService & { readonly log: readonly string[]; stop(): Promise<void> }> {
  await declareConfiguration(pool, DECLARED);
  const key = await createApiKey(pool, {
    accountId: OUR_ACCOUNT,
    name: 'sequences',
    scopes: ['cases:write', 'config:write'],
  });
  const api = await startApi(pool);
  const origin = await api.application.getUrl();
  const ledger = api.application.get<LedgerDependencies>(LEDGER, { strict: false });
  let ahead = 0;
  Object.assign(ledger, { now: () => new Date(Date.now() + ahead) });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ key: 'with_the_lab', agent_label: 'With the lab', category: 'on_hold' });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  await fetch(`${origin}/v1/statuses`, { method: 'POST', headers, body });
  return {
    ...{ origin, key, pool, agent, log: api.log },
    passDays: () => {
      ahead += SIX_DAYS;
      return closeDueCases(ledger, new AbortController().signal);
    },
    async stop() {
      agent.destroy();
      await api.stop();
    },
  };
}
