import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LedgerDependencies, openLedger } from '#libs/case-ledger';
import type { Interaction } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { aMail } from '#libs/testing';
import { closeDueCases } from '../../../apps/case-builder/src/timers/auto-close.js';
import { sayWord } from '../../say-word.js';
import { aTeam, testBuilder, type TestBuilder } from './builder.js';
import { outcomes } from './rows.js';

const RELEASES = 20;
const BATCH = 500;
/** The pool gives up on whoever waits for a connection this long, so who waits for himself fails after it. */
const POOL_GIVES_UP_MS = 10_000;

let builder: TestBuilder;
afterEach(() => builder.database.drop());

function spoofs(count: number): Interaction[] {
  return Array.from({ length: count }, (_, index) =>
    aMail(
      { messageId: `spoof-${index}@example.org`, from: 'ana@acme.example' },
      { trust: { verdict: 'fail', reason: 'DMARC failed' } },
    ),
  );
}

function mails(lane: string, count: number): Interaction[] {
  return Array.from({ length: count }, (_, index) =>
    aMail({ messageId: `${lane}-${index}@example.org`, from: `${lane}-${index}@example.org` }),
  );
}

const release = (ledger: LedgerDependencies, { id }: Interaction): Promise<boolean> => sayWord(ledger, id, 'released');

function connections(): number {
  const { pool } = builder.database;
  return pool.totalCount - pool.idleCount + pool.waitingCount;
}

/** From now on, the longest time in milliseconds in which no connection was taken and none given back. */
function watchStandstill(): () => number {
  let [last, longest] = [performance.now(), 0];
  const moves = () => {
    const now = performance.now();
    [last, longest] = [now, Math.max(longest, now - last)];
  };
  builder.database.pool.on('acquire', moves).on('release', moves);
  return () => {
    moves();
    return longest;
  };
}

describe('on a pool of ten', () => {
  beforeEach(async () => {
    builder = await testBuilder(aTeam('round_robin', 'ana'), 10);
  });

  it('twenty releases and two full batches end, and nobody waits for a connection that another one holds', async () => {
    const suspended = spoofs(RELEASES);
    await builder.handle(suspended, { partition: 2 });
    expect(await outcomes(builder.database.pool)).toEqual({ suspended: RELEASES });
    // The API's own ledger: none of the numbers that the batches have set aside is at hand.
    const api = openLedger(builder.database.pool, new Metrics());
    const batches = [mails('one', BATCH), mails('other', BATCH)];
    const longestStill = watchStandstill();
    const [released] = await Promise.all([
      Promise.all(suspended.map((mail) => release(api, mail))),
      ...batches.map((batch, partition) => builder.handle(batch, { partition })),
    ]);
    expect(longestStill()).toBeLessThan(POOL_GIVES_UP_MS);
    expect(released.filter(Boolean)).toHaveLength(RELEASES);
    expect(await outcomes(builder.database.pool)).toEqual({ created: RELEASES + 2 * BATCH });
    const { rows } = await builder.database.pool.query(
      'select count(distinct number)::int as numbers, count(*)::int as cases from cases',
    );
    expect(rows).toEqual([{ numbers: RELEASES + 2 * BATCH, cases: RELEASES + 2 * BATCH }]);
    expect(connections()).toBe(0);
  });
});

describe('on a pool of one', () => {
  beforeEach(async () => {
    builder = await testBuilder(aTeam('round_robin', 'ana'), 1);
  });

  it('a batch, a release and a timer each need one connection at a time', async () => {
    const { pool } = builder.database;
    const [spoof] = spoofs(1);
    if (spoof === undefined) {
      throw new Error('there is a mail to release');
    }
    await builder.handle([...mails('one', 3), spoof]);
    expect(await release(openLedger(pool, new Metrics()), spoof)).toBe(true);
    await pool.query(`update cases set category = 'resolved', resolution_source = 'automation',
      resolved_at = now() - interval '10 days'`);
    expect(await closeDueCases(builder.dependencies.ledger, new AbortController().signal)).toBe(4);
    // All at once they take turns.
    await Promise.all([builder.handle(mails('two', 5)), builder.handle(mails('three', 5), { partition: 1 })]);
    expect(connections()).toBe(0);
  });
});
