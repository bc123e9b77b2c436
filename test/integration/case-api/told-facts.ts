import { PostgresDeliveryLog, toldFact, type Delivery } from '#libs/channel-kit';
import { CALL_FOLD, VOICEMAIL_FOLD } from '#libs/case-domain';
import { settle } from '#libs/case-ledger';
import { type CallFact, factRecord, newId, type VoicemailFact } from '#libs/interaction';
import { ledgerOf } from './beside-http.js';
import { OUR_ACCOUNT } from './identities.js';
import type { Pool } from 'pg';
import type { World } from './world.js';

export type ToldFact = CallFact | VoicemailFact;

/** Settles facts as case-builder does with what a topic holds; how each ended. */
export async function settleFacts(world: World, facts: readonly ToldFact[], replayId?: string): Promise<string[]> {
  const inputs = facts.map((fact) => {
    const fold = fact.channel === 'call' ? CALL_FOLD : VOICEMAIL_FOLD;
    const parsed = fold.parse(Buffer.from(factRecord(fact).value ?? ''));
    if (!parsed.ok) {
      throw new Error(`${parsed.reason}: ${parsed.detail}`);
    }
    return { kind: 'fact', fold, fact: parsed.fact, ...(replayId === undefined ? {} : { replayId }) } as const;
  });
  const [settlement] = await settle(ledgerOf(world), [{ accountId: OUR_ACCOUNT, inputs }]);
  return settlement?.known === true ? [...settlement.endings] : [];
}

/** A request that told of the facts, as an adapter notes it. */
type Overrides = Partial<Omit<Delivery, 'facts'> & { facts: readonly (CallFact | VoicemailFact)[] }>;

export function aDelivery({ facts = [], ...overrides }: Overrides = {}): Delivery {
  return {
    id: newId(),
    receivedAt: Date.now(),
    connection: 'generic/pbx',
    path: '/webhooks/generic/pbx/calls',
    contentType: 'application/json',
    bytes: 120,
    verdict: 'verified',
    reason: null,
    signedAddress: null,
    eventIds: ['e1'],
    facts: facts.map(toldFact),
    milliseconds: 4,
    answer: 202,
    body: { id: 'e1', type: 'call.ended' },
    ...overrides,
  };
}

/** Notes requests, and sees them written; their ids. */
export async function noteDeliveries(
  world: { readonly database: { readonly pool: Pool } },
  deliveries: readonly Delivery[],
): Promise<string[]> {
  const log = new PostgresDeliveryLog({
    pool: world.database.pool,
    accountId: OUR_ACCOUNT,
    secrets: [],
    metrics: { unlogged: (because, count) => failUnless(count === 0, because) },
    logger: { warn: () => undefined },
  });
  deliveries.forEach((delivery) => log.note(delivery, () => delivery));
  await log.stop();
  return deliveries.map(({ id }) => id);
}

function failUnless(isSo: boolean, because: string): void {
  if (!isSo) {
    throw new Error(`a request was not written: ${because}`);
  }
}
