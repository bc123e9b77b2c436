import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLedger } from '#libs/case-ledger';
import { CASE_EVENTS_TOPIC } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { aMail } from '#libs/testing';
import { closeDueCases } from '../../../apps/case-builder/src/timers/auto-close.js';
import { testBuilder, type TestBuilder } from './builder.js';
import { allCases, dataOf, outboxRecords } from './rows.js';

const FIVE_DAYS = 5 * 24 * 60 * 60 * 1000;
const RESOLVED_AT = Date.parse('2026-03-01T12:00:00.000Z');
const signal = new AbortController().signal;

let builder: TestBuilder;
beforeEach(async () => {
  builder = await testBuilder();
});
afterEach(async () => builder.database.drop());

async function resolveAll(): Promise<void> {
  await builder.database.pool.query(
    `update cases set category = 'resolved', resolved_at = $1, resolution_source = 'automation'`,
    [new Date(RESOLVED_AT)],
  );
}

function closeAt(time: number): Promise<number> {
  const { pool } = builder.database;
  return closeDueCases(openLedger(pool, new Metrics(), { now: () => new Date(time) }), signal);
}

describe('auto-close', () => {
  it('9 closes exactly after N x 24 h, not a second before', async () => {
    await builder.handle([aMail({ messageId: 'due@example.org' })]);
    await resolveAll();
    expect(await closeAt(RESOLVED_AT + FIVE_DAYS - 1000)).toBe(0);
    expect(await closeAt(RESOLVED_AT + FIVE_DAYS)).toBe(1);
    expect(await closeAt(RESOLVED_AT + FIVE_DAYS)).toBe(0);
    const events = await outboxRecords(builder.database.pool, CASE_EVENTS_TOPIC);
    expect(events.at(-1)?.headers['ce_type']).toBe('io.casewright.case.closed.v1');
    expect(dataOf(events.at(-1))['case']).toMatchObject({ status: 'closed', closed_reason: 'auto_close' });
  });

  it('17 catches up with everything that was missed', async () => {
    const mails = Array.from({ length: 450 }, (_, index) => aMail({ messageId: `missed${index}@example.org` }));
    await builder.handle(mails);
    await resolveAll();
    expect(await closeAt(RESOLVED_AT + 3 * FIVE_DAYS)).toBe(450);
  });

  it('16 leaves excluded cases alone', async () => {
    await builder.handle([aMail({ messageId: 'kept@example.org' })]);
    await resolveAll();
    await builder.database.pool.query('update cases set exclude_from_auto_close = true');
    expect(await closeAt(RESOLVED_AT + 2 * FIVE_DAYS)).toBe(0);
  });

  it('11 and a reply at the same time reopen or follow up, and lose nothing', async () => {
    const { pool } = builder.database;
    const roots = Array.from({ length: 30 }, (_, index) => aMail({ messageId: `race${index}@example.org` }));
    await builder.handle(roots);
    await resolveAll();
    const replies = roots.map((root, index) => {
      return aMail({ messageId: `answer${index}@example.org`, inReplyTo: root.externalId });
    });
    await Promise.all([
      closeAt(RESOLVED_AT + FIVE_DAYS),
      ...replies.map((reply, partition) => builder.handle([reply], { partition })),
      closeAt(RESOLVED_AT + FIVE_DAYS),
    ]);
    const cases = await allCases(pool);
    expect(cases.filter((one) => one.closed && one.interaction_count !== 1)).toEqual([]);
    expect(cases.reduce((sum, one) => sum + one.interaction_count, 0)).toBe(60);
    const followUps = cases.filter((one) => one.follow_up_of_id !== null);
    expect(followUps).toHaveLength(cases.filter((one) => one.closed && one.follow_up_of_id === null).length);
  });
});
