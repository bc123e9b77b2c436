import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aMail } from '#libs/testing';
import { testBuilder, type TestBuilder } from './builder.js';
import { outcomes } from './rows.js';

let builder: TestBuilder;
beforeEach(async () => {
  builder = await testBuilder();
});
afterEach(async () => builder.database.drop());

const first = (name: string) => aMail({ messageId: `${name}@example.org` });
const reply = (name: string, to: string) => aMail({ messageId: `${name}@example.org`, inReplyTo: `${to}@example.org` });
const deadLetters = async () => (await builder.database.pool.query('select 1 from dead_letter')).rowCount;

/** As the log does: the same batch comes again until it is done. */
async function untilDone(...names: Parameters<TestBuilder['handle']>): Promise<number> {
  for (let failures = 0; failures < 50; failures += 1) {
    try {
      await builder.handle(...names);
      return failures;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error('it is not done after 50 attempts');
}

describe('no mail is written off', () => {
  it('while a migration changes tables under the running builder', async () => {
    const { pool } = builder.database;
    await builder.handle([first('one'), first('two'), reply('three', 'one')]);
    await pool.query('alter table cases add column told_by_a_later_release int');
    await pool.query('alter table interaction add column told_by_a_later_release int');
    await untilDone([reply('four', 'one'), reply('five', 'two'), first('six')], { offset: 3 });
    await pool.query('alter table case_event add column told_by_a_later_release int');
    await untilDone([reply('seven', 'six')], { offset: 6 });
    expect(await deadLetters()).toBe(0);
    expect(await outcomes(pool)).toEqual({ created: 3, attached: 4 });
  });

  it('while cases are locked and the server cancels statements', async () => {
    const { pool, connectionString } = builder.database;
    await builder.handle([first('one'), first('two')]);
    const { pathname } = new URL(connectionString);
    await pool.query(`alter database "${pathname.slice(1)}" set statement_timeout = '150ms'`);
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    const locker = await pool.connect();
    await locker.query('set statement_timeout = 0');
    await locker.query('begin');
    await locker.query('lock table cases in access exclusive mode');
    const batch = [reply('three', 'one'), reply('four', 'two')];
    for (const _ of [1, 2, 3]) {
      await expect(builder.handle(batch, { offset: 2 })).rejects.toThrow();
    }
    await locker.query('rollback');
    locker.release();
    await untilDone(batch, { offset: 2 });
    expect(await deadLetters()).toBe(0);
    expect(await outcomes(pool)).toEqual({ created: 2, attached: 2 });
  });

  it.each(['42501', '58030', 'XX000', '25P03', '28P01', '3D000', 'F0000', '55000'])(
    'whatever SQLSTATE %s the server has for all of them',
    async (state) => {
      const { pool } = builder.database;
      await builder.handle([first('one'), first('two')]);
      await failing(`raise exception 'it fails' using errcode = '${state}'`);
      const batch = [reply('three', 'one'), reply('four', 'two')];
      await expect(builder.handle(batch, { offset: 2 })).rejects.toThrow();
      await pool.query('drop trigger fail on case_event');
      await builder.handle(batch, { offset: 2 });
      expect([await deadLetters(), await outcomes(pool)]).toEqual([0, { created: 2, attached: 2 }]);
    },
  );

  it('where all of a batch fail as if the data were at fault, as long as nothing else succeeds', async () => {
    const { pool } = builder.database;
    await builder.handle([first('one'), first('two')]);
    await failing(`raise exception 'it fails' using errcode = '23514', constraint = 'of_a_later_release'`);
    const batch = [reply('three', 'one'), reply('four', 'two')];
    await expect(builder.handle(batch, { offset: 2 })).rejects.toThrow('no other batch succeeded');
    await pool.query('drop trigger fail on case_event');
    await builder.handle(batch, { offset: 2 });
    expect([await deadLetters(), await outcomes(pool)]).toEqual([0, { created: 2, attached: 2 }]);
  });
});

it('one whose neighbours succeed is written off', async () => {
  const { pool } = builder.database;
  await failing(`if new.details::text like '%' and exists (
      select 1 from cases c where c.account_id = new.account_id and c.id = new.case_id and c.subject = 'poison'
    ) then
      raise exception 'it fails' using errcode = '23514', constraint = 'no_poison';
    end if; return new`);
  const content = { subject: 'poison', text: '', attachments: [] };
  const bad = aMail({ messageId: 'bad@example.org' }, { content });
  await builder.handle([first('one'), bad, first('two')]);
  expect([await deadLetters(), await outcomes(pool)]).toEqual([1, { created: 2 }]);
});

/** Has every event of a case run a statement of PL/pgSQL before it is written. */
async function failing(statement: string): Promise<void> {
  const { pool } = builder.database;
  await pool.query(`create function fail() returns trigger language plpgsql as $$ begin ${statement}; end $$`);
  await pool.query('create trigger fail before insert on case_event for each row execute function fail()');
}
