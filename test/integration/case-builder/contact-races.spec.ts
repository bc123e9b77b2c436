import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ConcurrentChange } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { aMail } from '#libs/testing';
import { testBuilder, type TestBuilder } from './builder.js';

const PARTITIONS = 4;
const TRANSACTIONS_EACH = 4;
const BATCH = 12;
const BATCHES = 24;

let builder: TestBuilder;
beforeEach(async () => {
  builder = await testBuilder({}, PARTITIONS * TRANSACTIONS_EACH + 4);
});
afterEach(async () => builder.database.drop());

/**
 * What waits on each partition: every second mail is of somebody new, who writes on two partitions; the others are of
 * people who write everywhere.
 */
function backlog(): Interaction[][] {
  const lanes: Interaction[][] = Array.from({ length: PARTITIONS }, () => []);
  const perLane = BATCH * BATCHES;
  for (let index = 0; index < perLane; index += 1) {
    lanes.forEach((lane, partition) => {
      // Partitions 0 and 1 share their new senders at the same place, 2 and 3 theirs, and so do 1 and 2 at odd ones.
      const pair = index % 4 === 1 ? Math.floor(partition / 2) : Math.floor(((partition + 1) % PARTITIONS) / 2);
      const from = index % 2 === 1 ? `new-${pair}-${index}@example.org` : `regular-${index % 8}@example.org`;
      lane.push(aMail({ messageId: `${partition}-${index}@example.org`, from }));
    });
  }
  return lanes;
}

/** As the log does: what lost its races too often comes again. */
async function untilHandled(
  batch: readonly Interaction[],
  place: { partition: number; offset: number },
): Promise<void> {
  for (;;) {
    try {
      return await builder.handle(batch, place);
    } catch (error) {
      if (!(error instanceof ConcurrentChange)) {
        throw error;
      }
    }
  }
}

async function count(text: string): Promise<number> {
  const { rows } = await builder.database.pool.query<{ count: number }>(`select count(*)::int as count from ${text}`);
  return rows[0]?.count ?? -1;
}

it('sixteen transactions that meet each other’s new senders make one contact for each address', async () => {
  const lanes = backlog();
  const handled = lanes.flatMap((lane, partition) =>
    // Several transactions on one partition, as after a rebalance: the fence lets one of them in at a time.
    Array.from({ length: TRANSACTIONS_EACH }, async (_, worker) => {
      for (let start = worker * BATCH; start < lane.length; start += BATCH * TRANSACTIONS_EACH) {
        await untilHandled(lane.slice(start, start + BATCH), { partition, offset: start });
      }
    }),
  );
  await Promise.all(handled);

  const mails = lanes.flat();
  const addresses = new Set(mails.map(({ sender }) => sender.value)).size;
  const { text } = await builder.metrics.exposition();
  expect(Number(/^casewright_batch_races_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  expect(await count('interaction')).toBe(mails.length);
  expect(await count('contact')).toBe(addresses);
  expect(await count('contact_identity')).toBe(addresses);
  expect(await count('(select distinct value from contact_identity) as addresses')).toBe(addresses);
  expect(await count('cases')).toBe(mails.length);
  expect(await count('cases where interaction_count <> 1')).toBe(0);
  expect(await count('dead_letter')).toBe(0);
  // Every case is its sender's: nobody was given a contact that lost.
  expect(
    await count(`cases c join interaction i on i.account_id = c.account_id and i.case_id = c.id
      join contact_identity o on o.account_id = c.account_id and 'email:' || o.value = i.sender
      where o.contact_id <> c.requester_id`),
  ).toBe(0);
  expect(await count('contact k where not exists (select from cases c where c.requester_id = k.id)')).toBe(0);
});
