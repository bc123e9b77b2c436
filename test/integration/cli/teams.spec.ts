import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  world = await aWorld();
  url = await world.application.getUrl();
  const key = { accountId: OUR_ACCOUNT, name: 'setup', scopes: ['config:write'] };
  const secret = await createApiKey(world.database.pool, key);
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: secret };
});
afterAll(() => world.close());

const run = (...words: string[]) => casewright([...words, '--url', url], environment);

it('makes groups and agents, says who is there, and ends their work', async () => {
  expect((await run('groups', 'add', 'Second line', '--strategy', 'round_robin', '--capacity', '10')).output).toBe(
    'Second line  round_robin, 0 members\n',
  );
  const added = await run(
    ...['agents', 'add', 'rui@acme.example', '--name', 'Rui', '--group', 'Second line', '--skill', 'french=7'],
  );
  expect(added).toMatchObject({ code: 0, output: 'rui@acme.example  Rui\n' });
  expect((await run('agents', 'presence', 'rui@acme.example', 'away', '--channel', 'voice')).output).toBe(
    'rui@acme.example  Rui, voice away\n',
  );
  expect((await run('agents', 'list')).output).toMatch(
    /^ADDRESS +NAME +ROLE +GROUPS +THERE +MANAGED BY\nrui@acme.example +Rui +agent +1 +voice away +api\n/,
  );
  expect((await run('groups', 'member', 'Support', 'rui@acme.example', '--capacity', '5')).output).toBe(
    'Support  manual, 1 members\n',
  );
  expect((await run('groups', 'member', 'Support', 'rui@acme.example', '--remove')).output).toBe(
    'rui@acme.example: no member any more\n',
  );
  expect((await run('agents', 'deactivate', 'rui@acme.example')).output).toBe(
    'rui@acme.example  Rui, inactive, 0 cases given away\n',
  );
  expect((await run('groups', 'deactivate', 'Second line', '--replacement', 'Support')).output).toBe(
    'Second line  round_robin, 1 members, inactive, 0 cases given away\n',
  );
  expect((await run('groups', 'list')).output).toMatch(/^Second line +round_robin +10 +1 +no +api$/m);
});

it('says what is wrong', async () => {
  expect(await run('agents', 'add', 'x@acme.example', '--name', 'X', '--skill', 'french')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('key=level'),
  });
  expect(await run('agents', 'presence', 'nobody@acme.example', 'online')).toMatchObject({
    code: 1,
    errors: `${url} answered 404: The agent does not exist.\n`,
  });
  expect(await run('groups', 'add', 'Support')).toMatchObject({ code: 1, errors: expect.stringContaining('409') });
});
