import type { Queryable } from '../../queryable.js';

/** Notes that what a request told was published again. */
export async function noteReplay(client: Queryable, accountId: string, id: string): Promise<void> {
  await client.query({
    name: 'note_replay',
    text: 'update delivery set replayed_at = now() where account_id = $1 and id = $2',
    values: [accountId, id],
  });
}
