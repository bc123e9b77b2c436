import { insertInteractions, insertSuspensions } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { anInteraction } from '#libs/testing';
import type { Pool } from 'pg';
import { OUR_ACCOUNT } from './identities.js';

/** Stores an interaction that waits for a person. */
export async function suspend(
  world: { readonly database: { readonly pool: Pool } },
  reason: string,
  at: string,
  accountId = OUR_ACCOUNT,
): Promise<Interaction> {
  const interaction = anInteraction({
    accountId,
    trust: { verdict: 'fail', reason: 'mx: DMARC failed for acme.example' },
  });
  const decision = {
    thread: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] },
    reasons: ['It waits.'],
  };
  const row = {
    interaction,
    payload: Buffer.from(JSON.stringify(interaction)),
    endpoints: [],
    caseId: null,
    visibility: 'internal',
    outcome: 'suspended',
    decision: JSON.stringify({ ...decision, requester: null, group: null, assignment: null }),
  } as const;
  await insertInteractions(world.database.pool, accountId, at, [row]);
  await insertSuspensions(world.database.pool, accountId, at, [{ interactionId: interaction.id, reason }]);
  return interaction;
}
