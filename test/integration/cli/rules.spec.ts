import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, storeCase, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let url: string;
let environment: NodeJS.ProcessEnv;
let file: string;
beforeAll(async () => {
  world = await aWorld();
  url = await world.application.getUrl();
  const key = { accountId: OUR_ACCOUNT, name: 'setup', scopes: ['config:write', 'cases:read'] };
  const secret = await createApiKey(world.database.pool, key);
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: secret };
  const body = { name: 'Stored', conditions: [], actions: [{ tags_add: ['any'] }] };
  await world.send('POST /v1/assignment-rules', { key: secret, body });
  await storeCase(world);
  file = path.join(await mkdtemp(path.join(tmpdir(), 'casewright-rules-')), 'rule.yml');
});
afterAll(() => world.close());

const run = (...words: string[]) => casewright(['rules', ...words, '--url', url], environment);

it('lists rules in their order', async () => {
  const { output } = await run('list');
  expect(output).toMatch(
    /^POSITION +NAME +STATE +CONDITIONS +ACTIONS +STOPS +DECLARED BY +ID\n0 +Stored +on +always +tags_add +api /,
  );
});

it('tries the active rules, and one of a file beside them', async () => {
  const active = await run('test', '--since', '3650d');
  expect(active.output).toMatch(
    /^1 interactions were tried: rules hold of 1 and would change 1\. Nothing was written\.\n/,
  );
  expect(active.output).toContain('  tags       [] -> ["any"]\n  rule       Stored: holds, gave tags_add\n');
  await writeFile(
    file,
    'name: Kettles\nconditions: [{ field: subject, op: contains, value: kettle }]\nactions: [{ priority: high }]\n',
  );
  const tried = await run('test', '--rule', file);
  expect(tried.output).toContain('  priority   null -> "high"\n');
  expect(tried.output).toContain(
    '  rule       Kettles: holds, gave priority\n             held: subject contains (/conditions/0), it was "The kettle is broken"\n',
  );
  expect(JSON.parse((await run('test', '--rule', file, '--json')).output)).toMatchObject({ tried: 1, changed: 1 });
});

it('says what is wrong', async () => {
  expect(await run('test', '--since', 'once')).toMatchObject({ code: 2 });
  expect(await run('test', '--rule', '/nonexistent/rule.yml')).toMatchObject({ code: 2 });
  await writeFile(file, 'conditions: [{ field: subject, op: less_than, value: 1 }]\nactions: [{ priority: high }]\n');
  const refused = await run('test', '--rule', file);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.errors).toContain('/rule/conditions/0/op');
});
