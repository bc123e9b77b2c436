import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Interaction } from '#libs/interaction';
import { aMail } from '#libs/testing';
import { aTeam, testBuilder, type TestBuilder } from './builder.js';
import { allCases, outcomes } from './rows.js';

let builder: TestBuilder;
beforeEach(async () => {
  builder = await testBuilder(aTeam('round_robin', 'ana', 'ben', 'cleo'), 40);
});
afterEach(async () => builder.database.drop());

/** Each part is a batch of a partition of its own, all at the same time. */
async function handleAtOnce(parts: readonly (readonly Interaction[])[]): Promise<void> {
  await Promise.all(parts.map((part, partition) => builder.handle(part, { partition })));
}

/** I-12: the history of every case has no gap and ends at the case's version. */
async function gaps(): Promise<number | null> {
  const { rowCount } = await builder.database.pool.query(`
    select c.id
    from cases c
    left join case_event e on e.account_id = c.account_id and e.case_id = c.id
    group by c.account_id, c.id
    having count(e.seq) <> c.version or min(e.seq) <> 1 or max(e.seq) <> c.version`);
  return rowCount;
}

describe('batches at the same time', () => {
  it('never split a conversation, whoever comes first', async () => {
    const thread = fc.array(fc.nat(3), { minLength: 4, maxLength: 12 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(thread, async (places) => {
        run += 1;
        const mails = places.map((_, index) => {
          const messageId = `r${run}-${index}@example.org`;
          const references = Array.from({ length: index }, (_name, back) => `r${run}-${index - 1 - back}@example.org`);
          return aMail({ messageId, references, from: `writer${run}@example.org` });
        });
        const parts = [0, 1, 2, 3].map((lane) => mails.filter((_, index) => places[index] === lane));
        await handleAtOnce(parts.filter((part) => part.length > 0));
        const { rows } = await builder.database.pool.query<{ cases: number; mails: number }>(
          'select count(distinct case_id)::int as cases, count(*)::int as mails from interaction where external_id like $1',
          [`r${run}-%`],
        );
        expect(rows).toEqual([{ cases: 1, mails: mails.length }]);
      }),
      { numRuns: 15 },
    );
    expect(await gaps()).toBe(0);
  });

  it('settle an interaction once that is in all of them', async () => {
    const mail = aMail({ messageId: 'everywhere@example.org' });
    await handleAtOnce([[mail], [mail], [mail], [mail]]);
    expect(await allCases(builder.database.pool)).toEqual([expect.objectContaining({ interaction_count: 1 })]);
  });

  it('39 make one follow-up of ten replies to a closed case', async () => {
    const { pool } = builder.database;
    await builder.handle([aMail({ messageId: 'old@example.org' })]);
    await pool.query(`
      update cases set category = 'resolved', resolved_at = now(), resolution_source = 'automation',
        closed_at = now(), closed_reason = 'auto_close'`);
    const replies = Array.from({ length: 10 }, (_, index) => {
      return aMail({ messageId: `reply${index}@example.org`, inReplyTo: 'old@example.org' });
    });
    await handleAtOnce(replies.map((reply) => [reply]));
    const [old, ...followUps] = await allCases(pool);
    expect(followUps).toEqual([expect.objectContaining({ follow_up_of_id: old?.id, interaction_count: 10 })]);
    expect(await outcomes(pool)).toEqual({ created: 1, followed_up: 1, attached: 9 });
    const { rows } = await pool.query('select kind from case_link');
    expect(rows).toEqual([{ kind: 'follow_up' }]);
  });

  it('61 give three agents a hundred cases each', async () => {
    const { pool } = builder.database;
    const mails = Array.from({ length: 300 }, (_, index) => {
      return aMail({ messageId: `turn${index}@example.org`, from: `sender${index}@example.org` });
    });
    const lanes = [0, 1, 2, 3].map(async (partition) => {
      // Not a multiple of three: each batch has to go on where the one before it stopped.
      for (let start = partition * 75; start < (partition + 1) * 75; start += 5) {
        await builder.handle(mails.slice(start, start + 5), { partition, offset: start });
      }
    });
    await Promise.all(lanes);
    const { rows } = await pool.query('select count(*)::int as cases from cases group by assignee_id');
    expect(rows).toEqual([{ cases: 100 }, { cases: 100 }, { cases: 100 }]);
    const numbers = await pool.query<{ distinct: number }>('select count(distinct number)::int as distinct from cases');
    expect(numbers.rows).toEqual([{ distinct: 300 }]);
  });
});
