import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CASE_BUILDER_GROUP,
  CASE_EVENTS_TOPIC,
  CASE_STATE_TOPIC,
  DEAD_LETTER_TOPIC,
  DECIDED_TOPIC,
} from '#libs/interaction';
import { aMail, anInteraction } from '#libs/testing';
import { handleBatch } from '../../../apps/case-builder/src/batch/handle-batch.js';
import { aRecord, testBuilder, type TestBuilder } from './builder.js';
import { allCases, dataOf, outboxRecords, outcomes, writtenRows } from './rows.js';

let builder: TestBuilder;
beforeEach(async () => {
  builder = await testBuilder();
});
afterEach(async () => builder.database.drop());

const conversation = (name: string) => [
  aMail({ messageId: `${name}-root@example.org` }),
  aMail({ messageId: `${name}-reply@example.org`, inReplyTo: `${name}-root@example.org` }),
];

describe('a batch', () => {
  it('30 first mail makes a case and its requester', async () => {
    const { pool } = builder.database;
    await builder.handle([aMail({ messageId: 'first@example.org' })]);
    expect(await outcomes(pool)).toEqual({ created: 1 });
    expect(await allCases(pool)).toEqual([
      expect.objectContaining({ category: 'new', interaction_count: 1, version: 1 }),
    ]);
    expect((await pool.query('select from contact')).rowCount).toBe(1);
  });

  it('tells of the decision, the change and the state', async () => {
    const { pool } = builder.database;
    await builder.handle(conversation('told'));
    const [state] = await outboxRecords(pool, CASE_STATE_TOPIC);
    const events = await outboxRecords(pool, CASE_EVENTS_TOPIC);
    const decided = await outboxRecords(pool, DECIDED_TOPIC);
    expect(dataOf(state)).toMatchObject({ number: 1, version: 2, status: 'new', interaction_count: 2 });
    expect(events.map(({ headers }) => [headers['ce_type'], headers['ce_sequence']])).toEqual([
      ['io.casewright.case.created.v1', '00000000000000000001'],
      ['io.casewright.case.interaction_attached.v1', '00000000000000000002'],
    ]);
    expect(events.map((event) => dataOf(event)['case'])).toEqual([
      expect.objectContaining({ version: 1, number: 1, interaction_count: 1 }),
      expect.objectContaining({ version: 2, number: 1, interaction_count: 2 }),
    ]);
    expect(decided.map((record) => dataOf(record)['outcome']).sort()).toEqual(['attached', 'created']);
    expect(decided[0]?.headers).toMatchObject({ ce_type: 'io.casewright.interaction.applied.v1' });
  });

  it('73 leaves the same rows and records when it comes again', async () => {
    const { pool } = builder.database;
    const batch = [...conversation('again'), anInteraction({ handling: 'record_only' })];
    await builder.handle(batch);
    const before = await writtenRows(pool);
    await builder.handle(batch);
    await builder.handle(batch, { partition: 1, offset: 70 });
    expect(await writtenRows(pool)).toEqual(before);
  });

  it('31 takes a mail that came three times and through two mailboxes as one', async () => {
    const { pool } = builder.database;
    const mail = aMail({ messageId: 'thrice@example.org' });
    const other = { ...mail, endpoint: { kind: 'mailbox' as const, address: 'sales@acme.example' } };
    await builder.handle([mail, mail, other]);
    await builder.handle([mail, other]);
    const { rows } = await pool.query<{ endpoints: string[] }>('select endpoints from interaction');
    expect(rows).toEqual([{ endpoints: ['mailbox:support@acme.example', 'mailbox:sales@acme.example'] }]);
    const decided = await outboxRecords(pool, DECIDED_TOPIC);
    expect(decided.map((record) => dataOf(record)['outcome'])).toEqual(['created', 'duplicate']);
    expect(await allCases(pool)).toEqual([expect.objectContaining({ interaction_count: 1 })]);
  });

  it('tells once of a mailbox that a later batch adds', async () => {
    const { pool } = builder.database;
    const mail = aMail({ messageId: 'later@example.org' });
    const other = { ...mail, endpoint: { kind: 'mailbox' as const, address: 'sales@acme.example' } };
    await builder.handle([mail]);
    await Promise.all([1, 2, 3].map((partition) => builder.handle([other], { partition })));
    const decided = await outboxRecords(pool, DECIDED_TOPIC);
    const repeated = decided.filter((record) => dataOf(record)['outcome'] === 'duplicate');
    expect(repeated.map((record) => dataOf(record)['endpoint'])).toEqual(['mailbox:sales@acme.example']);
    expect(dataOf(repeated[0])['case_id']).toBe((await allCases(pool))[0]?.id);
  });

  it('leads a root that comes after its replies to their case', async () => {
    const [root, reply] = conversation('late') as [ReturnType<typeof aMail>, ReturnType<typeof aMail>];
    await builder.handle([reply]);
    await builder.handle([root], { partition: 1 });
    expect(await allCases(builder.database.pool)).toEqual([expect.objectContaining({ interaction_count: 2 })]);
  });

  it('refuses an account that nobody has set up, and settles the others', async () => {
    const { pool } = builder.database;
    const stranger = anInteraction({ accountId: '3f2b8f7e-6f3e-4a0e-9a51-0c5d8f1d2e3a' });
    await builder.handle([stranger, aMail({ messageId: 'known@example.org' })]);
    expect(await outcomes(pool)).toEqual({ created: 1 });
    const { rows } = await pool.query('select reason, account_id from dead_letter');
    expect(rows).toEqual([{ reason: 'unknown-account', account_id: stranger.accountId }]);
  });
});

describe('a partition that is lost meanwhile', () => {
  it('leaves nothing behind and takes no record for poison', async () => {
    const { pool } = builder.database;
    const record = aRecord(aMail({ messageId: 'lost@example.org' }), 0);
    const batch = { topic: record.topic, partition: 0, records: [record] };
    const lost = AbortSignal.abort(new Error('the partition is somebody else’s'));
    const handled = handleBatch(builder.dependencies, batch, { group: CASE_BUILDER_GROUP, signal: lost });
    await expect(handled).rejects.toThrow('somebody else');
    const rows = await writtenRows(pool);
    expect(Object.values(rows).flat()).toEqual([]);
  });
});

describe('poison', () => {
  const undecodable = (offset: number, value: Buffer | null) => ({
    ...aRecord(aMail({ messageId: 'poison@example.org' }), offset),
    value,
  });

  it('74 goes to the dead letters, once, and its neighbours are settled', async () => {
    const { pool } = builder.database;
    const good = conversation('good').map((mail, index) => aRecord(mail, index));
    const batch = [
      good[0]!,
      undecodable(2, Buffer.from('{not json')),
      undecodable(3, null),
      undecodable(4, Buffer.from('[]')),
      good[1]!,
    ];
    await builder.handleRecords(batch);
    await builder.handleRecords(batch);
    expect(await outcomes(pool)).toEqual({ created: 1, attached: 1 });
    const letters = await outboxRecords(pool, DEAD_LETTER_TOPIC);
    expect(letters.map(({ headers }) => headers['dlq.original.offset'])).toEqual(['2', '3', '4']);
    expect(letters[0]?.value?.toString()).toBe('{not json');
    const { rows } = await pool.query('select reason, stage from dead_letter order by record_offset');
    expect(rows).toEqual([
      { reason: 'not-json', stage: 'decode' },
      { reason: 'invalid', stage: 'decode' },
      { reason: 'invalid', stage: 'decode' },
    ]);
  });

  it('is found among its neighbours when only the database refuses it', async () => {
    const { pool } = builder.database;
    await pool.query(`alter table interaction add constraint no_wolf check (subject <> 'wolf')`);
    const mails = Array.from({ length: 20 }, (_, index) => aMail({ messageId: `m${index}@example.org` }));
    mails[13] = { ...mails[13]!, content: { ...mails[13]!.content, subject: 'wolf' } };
    await builder.handle(mails);
    expect(await outcomes(pool)).toEqual({ created: 19 });
    const { rows } = await pool.query('select reason, message, record_offset from dead_letter');
    expect(rows).toEqual([{ reason: 'data-error', message: '23514 on no_wolf', record_offset: '13' }]);
  });
});
