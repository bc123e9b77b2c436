import {
  deleteIdentities,
  insertContactErasures,
  insertContactFacts,
  insertReconsiderations,
  insertToldContacts,
  noteRequesters,
  type Queryable,
  updateContacts,
  writeContactMerges,
  writeIdentities,
} from '#libs/case-store';
import type { WritePlan } from './plan-writes.js';

/**
 * Writes what was told of contacts:
 * 1. facts, by which repetitions are known, so that a conflict is met before the bulk is written
 * 2. contacts that are new, and those that changed
 * 3. identities: what people took away, then what is told
 * 4. who lives on in whom
 * 5. what is left to be done: cases to look at, people to erase, cases that are found by other words now
 */
export async function writePeople(client: Queryable, plan: WritePlan): Promise<void> {
  const { accountId, now } = plan;
  if (plan.contactFacts.length > 0) {
    await insertContactFacts(client, accountId, now, plan.contactFacts);
  }
  if (plan.toldContacts.length > 0) {
    await insertToldContacts(client, accountId, plan.toldContacts);
  }
  if (plan.changedContacts.length > 0) {
    await updateContacts(client, accountId, plan.changedContacts);
    await noteRequesters(
      client,
      accountId,
      plan.changedContacts.map(({ id }) => id),
    );
  }
  if (plan.removedIdentities.length > 0) {
    await deleteIdentities(client, accountId, plan.removedIdentities);
  }
  if (plan.addedIdentities.length + plan.changedIdentities.length > 0) {
    const identities = { added: plan.addedIdentities, changed: plan.changedIdentities };
    await writeIdentities(client, accountId, now, identities);
  }
  if (plan.contactMerges.length > 0) {
    await writeContactMerges(client, accountId, plan.contactMerges);
  }
  if (plan.reconsiderations.length > 0) {
    await insertReconsiderations(client, accountId, plan.reconsiderations);
  }
  if (plan.contactErasures.length > 0) {
    await insertContactErasures(client, accountId, plan.contactErasures);
  }
}
