import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, DECIDED_TOPIC } from '#libs/interaction';
import { aMail } from '#libs/testing';
import { testBuilder, type TestBuilder } from './builder.js';
import { allCases, dataOf, outboxRecords, outcomes, writtenRows } from './rows.js';

describe('a batch', () => {
  let builder: TestBuilder;
  beforeAll(async () => {
    builder = await testBuilder();
  });
  afterAll(async () => builder.database.drop());

  it('30 first mail makes a case and its requester', async () => {
    const { pool } = builder.database;
    await builder.handle([aMail({ messageId: 'first@example.org' })]);
    expect(await outcomes(pool)).toEqual({ created: 1 });
    expect(await allCases(pool)).toEqual([
      expect.objectContaining({ category: 'new', interaction_count: 1, version: 1 }),
    ]);
    const contacts = await pool.query('select name from contact');
    expect(contacts.rowCount).toBe(1);
  });

  it('tells of the decision, the change and the state', async () => {
    const { pool } = builder.database;
    const [state] = await outboxRecords(pool, CASE_STATE_TOPIC);
    const [event] = await outboxRecords(pool, CASE_EVENTS_TOPIC);
    const [decided] = await outboxRecords(pool, DECIDED_TOPIC);
    expect(dataOf(state)).toMatchObject({ number: '1', version: 1, legacy_status: 'new' });
    expect(event?.headers).toMatchObject({
      ce_type: 'io.casewright.case.created.v1',
      ce_sequence: '00000000000000000001',
    });
    expect(dataOf(decided)).toMatchObject({
      outcome: 'created',
      case_number: '1',
      evidence: { reasons: expect.anything() },
    });
    expect(decided?.headers).toMatchObject({ ce_type: 'io.casewright.interaction.applied.v1' });
  });

  it('73 leaves the same rows and records when it comes again', async () => {
    const { pool } = builder.database;
    const before = await writtenRows(pool);
    await builder.handle([aMail({ messageId: 'first@example.org' })]);
    expect(await writtenRows(pool)).toEqual(before);
  });
});
