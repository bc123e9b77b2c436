import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { encode } from 'iconv-lite';
import { CASE_STORE_MIGRATIONS, declareConfiguration } from '#libs/case-store';
import { TOPICS } from '#libs/interaction';
import { createEmbeddedLog, type EventLog } from '#libs/messaging';
import { migrate } from '#libs/postgres';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { ACME } from '../../e2e/acme.js';
import { type Builder, makeBuilder } from '../../e2e/builder.js';
import { casewright, type Run } from './terminal-of-test.js';

let database: TestDatabase;
let log: EventLog;
let builder: Builder;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  const { pool, connectionString } = database;
  await migrate(pool, CASE_STORE_MIGRATIONS);
  await declareConfiguration(pool, ACME);
  log = await createEmbeddedLog({ pool, connectionString });
  await log.ensureTopics(TOPICS);
  builder = makeBuilder(pool, log, () => new Date());
  await builder.startConsumer();
});
afterAll(async () => {
  await builder.stop();
  await log.close();
  await database.drop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-import-'));
  return () => rm(folder, { recursive: true });
});

const run = (words: readonly string[], signal?: AbortSignal, onOutput?: (text: string) => void): Promise<Run> =>
  casewright(
    ['contacts', 'import', ...words],
    { DATA_DIR: '/nonexistent/casewright', DATABASE_URL: database.connectionString },
    signal,
    false,
    onOutput,
  );

async function aFile(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function report(path = join(folder, 'report.csv')): Promise<string[][]> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n');
  return lines.slice(1).map((line) => line.split(','));
}

async function contacts(): Promise<object[]> {
  const { rows } = await database.pool.query<object>(`
    select contact.name, contact.company, array_agg(value order by value collate "C") as addresses
      from contact join contact_identity as identity
        on identity.account_id = contact.account_id and identity.contact_id = contact.id
     group by contact.account_id, contact.id order by contact.name collate "C"`);
  return rows;
}

/** Rows 20 and 9,000 of the scenario have one number, 50 and 51 one address, and 4,711 a long name; here in a tenth of the rows. */
function contatos(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    const row = index + 1;
    const phone = `91${String(row === rows * 0.9 ? 20 : row).padStart(7, '0')}`;
    return row === 51
      ? 'Mudou de Nome;;pessoa50@loja.example'
      : row === 471
        ? `${'n'.repeat(300)};${phone};`
        : `João ${row};${phone};${row === 50 ? 'pessoa50@loja.example' : ''}`;
  });
  return encode(['Nome;Telefone;Email', ...lines, ''].join('\r\n'), 'windows-1252');
}

describe('casewright contacts import', () => {
  it('F4 says what becomes of every row, goes on after it was stopped, and changes nothing a second time', async () => {
    const file = await aFile('contatos.csv', contatos(3000));
    const stop = new AbortController();
    const words = [file, '--country', 'PT', '--report', join(folder, 'report.csv')];
    const stopped = await run(words, stop.signal, (text) => void (/^Import /.test(text) ? stop.abort() : undefined));
    expect(stopped).toMatchObject({
      code: 1,
      output: expect.stringMatching(/windows-1252[^]*Stopped; nothing is lost[^]*--resume/),
    });
    const done = await run(words);
    expect(done).toMatchObject({ code: 3, errors: '' });
    expect(done.output).toMatch(
      /completed_with_errors: 3000 rows, 2997 created, 1 updated, 0 unchanged, 1 flagged_shared, 1 refused/,
    );
    const rows = await report();
    expect(rows).toHaveLength(3000);
    const [fifty, fiftyOne] = [rows[49], rows[50]];
    expect(fiftyOne).toEqual(['51', '52', 'updated', fifty?.[3], '', '']);
    expect(rows[470]).toEqual(['471', '472', 'refused', '', 'name', 'is longer than 200 characters']);
    expect(rows[2699]?.slice(0, 3)).toEqual(['2700', '2701', 'flagged_shared']);
    expect(await contacts()).toContainEqual({
      name: 'Mudou de Nome',
      company: null,
      addresses: ['+351910000050', 'pessoa50@loja.example'],
    });
    const again = await run(words);
    expect(again.output).toMatch(/0 created, 0 updated, 2998 unchanged, 1 flagged_shared, 1 refused/);
    const id = /Import (\S+)/.exec(done.output)?.[1] ?? '';
    const reported = await run([file, '--resume', id, '--report', join(folder, 'once-more.csv')]);
    expect(reported.code).toBe(3);
    expect(await report(join(folder, 'once-more.csv'))).toEqual(rows);
  });

  it('keys rows by an integration, so that another file finds them again', async () => {
    const first = await aFile('one.csv', 'Customer no.,Name,Email\n7,Zita,zita@b.example\n');
    const second = await aFile('two.jsonl', '{"external_id":"7","company":"Loja","emails":["zita@c.example"]}\n');
    const ids = ['--integration', 'crm'];
    expect(await run([first, ...ids, '--id-column', 'Customer no.'])).toMatchObject({ code: 0 });
    expect(await run([second, ...ids])).toMatchObject({
      code: 0,
      output: expect.stringContaining('completed: 1 rows, 0 created, 1 updated'),
    });
    expect(await contacts()).toContainEqual({
      name: 'Zita',
      company: 'Loja',
      addresses: ['crm:7', 'zita@b.example', 'zita@c.example'],
    });
  });

  it('tells of an address that somebody else has', async () => {
    const file = await aFile('a.csv', 'ID,Name,Email\n1,Um,um@d.example\n2,Dois,um@d.example\n');
    const done = await run([file, '--integration', 'erp', '--report', join(folder, 'report.csv')]);
    expect(done).toMatchObject({ code: 3, output: expect.stringContaining('2 created') });
    expect((await report())[1]).toEqual(['2', '3', 'created', expect.any(String), '/emails/0', 'identity_conflict']);
  });

  it('checks without changing anything', async () => {
    const file = await aFile('d.csv', 'Name,Email\nDora,dora@d.example\nDora,=cmd\n');
    const before = await contacts();
    const dry = await run([file, '--dry-run', '--report', join(folder, 'report.csv')]);
    expect(dry).toMatchObject({ code: 3, output: expect.stringContaining('2 rows: 1 would be taken, 1 refused.') });
    expect(await report()).toEqual([
      ['1', '2', 'accepted', '', '', ''],
      ['2', '3', 'refused', '', 'email', 'is no email address'],
    ]);
    expect(await contacts()).toEqual(before);
  });

  it.each([
    ['x.xlsx', 'PK\u0003\u0004…', /Excel workbook/],
    ['empty.csv', '', /The file is empty/],
    ['foo.csv', 'Foo,Bar\n1,2\n', /No column was understood/],
  ])('says what %s is', async (name, content, sentence) => {
    expect(await run([await aFile(name, content)])).toMatchObject({ code: 1, errors: expect.stringMatching(sentence) });
  });

  it('says which file is missing, which import is not there, and which file it is not', async () => {
    const nowhere = '0199b0c4-0000-7000-8000-000000000001';
    expect(await run([join(folder, 'none.csv')])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no file'),
    });
    expect(await run([folder])).toMatchObject({ code: 1, errors: expect.stringContaining('is no file') });
    const file = await aFile('e.csv', 'Email\nerna@e.example\n');
    expect(await run([file, '--resume', nowhere])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('no import'),
    });
    const done = await run([file]);
    const id = /Import (\S+)/.exec(done.output)?.[1] ?? '';
    await writeFile(file, 'Email\nanother@e.example\n');
    expect(await run([file, '--resume', id])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('another one'),
    });
  });

  it('holds nothing to do for a heading alone', async () => {
    expect(await run([await aFile('h.csv', 'Name,Email\n')])).toMatchObject({
      code: 0,
      output: expect.stringContaining('completed: 0 rows'),
    });
  });
});
