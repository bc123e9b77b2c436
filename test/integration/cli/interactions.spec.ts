import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aMail, createApiKey } from '#libs/testing';
import { receive } from '../case-api/beside-http.js';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  world = await aWorld();
  url = await world.application.getUrl();
  const key = { accountId: OUR_ACCOUNT, name: 'desk', scopes: ['cases:admin'] };
  const secret = await createApiKey(world.database.pool, key);
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: secret };
});
afterAll(() => world.close());

const run = (...words: string[]) => casewright([...words, '--url', url], environment);

it('moves an interaction, and explain tells of it', async () => {
  const accountId = OUR_ACCOUNT;
  const [one, other] = ['<one@example.org>', '<other@example.org>'].map((messageId) =>
    aMail({ messageId }, { accountId }),
  );
  const [source = '', target = ''] = await receive(world, one!, other!);
  expect(await run('interactions', 'move', one!.id, 'CASE-2')).toMatchObject({
    code: 0,
    output: 'CASE-2  The kettle is broken\n',
  });
  expect((await run('interactions', 'move', one!.id, 'none', '--no-thread')).output).toBe(
    'no case  The kettle is broken\n',
  );
  const story = (await run('explain', one!.id)).output;
  expect(story).toMatch(new RegExp(`moved +\\S+ by an app, from ${source} to ${target}; later replies follow\n`));
  expect(story).toMatch(new RegExp(`moved +\\S+ by an app, off ${target}; later replies do not follow\n`));
  expect(story).toContain('case       none');
});

it('redacts an interaction', async () => {
  const secret = aMail({ messageId: '<secret@example.org>' }, { accountId: OUR_ACCOUNT });
  await receive(world, secret);
  const done = await run('interactions', 'redact', secret.id, 'It held a password.');
  expect(done).toMatchObject({ code: 0, output: expect.stringMatching(/^CASE-3 {2}redacted 20/) });
});

it('says what is wrong', async () => {
  expect(await run('interactions', 'move', 'lamp', 'CASE-1')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('no interaction id'),
  });
  const id = '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10';
  expect(await run('interactions', 'move', id, 'lamp')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('names no case'),
  });
  expect(await run('interactions', 'move', id, 'CASE-1')).toMatchObject({
    code: 1,
    errors: `${url} answered 404: The account has no such interaction.\n`,
  });
});
