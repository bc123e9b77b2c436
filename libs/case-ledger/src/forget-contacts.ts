import { appendOutbox, blankContacts, type Queryable } from '#libs/case-store';

/**
 * Takes away who contacts were, in the caller's transaction: what is known of them, what they are found by, and their
 * latest state on the topic, where a tombstone takes its place. That they were, and who was merged into whom, stays.
 */
export async function forgetContacts(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<void> {
  await blankContacts(client, accountId, contactIds);
  await appendOutbox(client, accountId, { interactionIds: [], events: [], contactIds, records: [], bytes: 0 });
}
