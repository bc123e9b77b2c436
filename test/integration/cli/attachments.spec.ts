import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, storeCase, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let folder: string;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  world = await aWorld();
  folder = await mkdtemp(join(tmpdir(), 'casewright-attachments-'));
  url = await world.application.getUrl();
  const key = { accountId: OUR_ACCOUNT, name: 'desk', scopes: ['cases:write'] };
  const secret = await createApiKey(world.database.pool, key);
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: secret };
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => casewright(['attachments', ...words, '--url', url], environment);

it('uploads files to a case, lists them, and gives them back byte by byte', async () => {
  const [large, small] = [join(folder, 'lamp.bin'), join(folder, 'note.txt')];
  const bytes = Buffer.alloc(3_000_000, 'lamp\u0000');
  await writeFile(large, bytes);
  await writeFile(small, 'It is the left one.');
  const { id, number } = await storeCase(world, { number: '900101' });
  const uploaded = await run('upload', large, small, '--case', `CASE-${number}`);
  expect(uploaded).toMatchObject({ code: 0, errors: '' });
  const [first = ''] = uploaded.output.split('  ');
  expect(uploaded.output).toMatch(/application\/octet-stream, 3000000 bytes {2}lamp\.bin\n/);
  const listed = await run('list', id);
  expect(listed.output).toMatch(/^ID +ATTACHED +TYPE +BYTES +NAME\n/);
  expect(listed.output).toMatch(/text\/plain +19 +note\.txt/);
  const copy = join(folder, 'copy.bin');
  expect((await run('download', first, '--out', copy)).output).toBe(`${copy}: 3000000 bytes\n`);
  expect((await readFile(copy)).equals(bytes)).toBe(true);
  expect(await run('download', first, '--out', copy)).toMatchObject({
    code: 1,
    errors: expect.stringContaining('is there already'),
  });
});

it('says what is wrong', async () => {
  expect(await run('upload', join(folder, 'none.jpg'))).toMatchObject({
    code: 1,
    errors: expect.stringContaining('cannot be read'),
  });
  expect(await run('upload', folder)).toMatchObject({ code: 1, errors: expect.stringContaining('it is no file') });
  expect(await run('upload', 'a', 'b', '--name', 'c')).toMatchObject({ code: 2 });
  expect(await run('upload', 'a', '--case', 'lamp')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('names no case'),
  });
  expect(await run('download', 'x', '--out', join(folder, 'x'))).toMatchObject({
    code: 1,
    errors: `${url} answered 404: The attachment does not exist.\n`,
  });
});
