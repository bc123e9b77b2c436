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

const run = (...words: string[]) => casewright(['case-fields', ...words, '--url', url], environment);

it('adds fields, changes, lists and deletes them', async () => {
  expect((await run('list')).output).toBe('There is none.\n');
  const model = await run('create', 'model', '--label', 'Model', '--type', 'dropdown', '--option', 'table=Table lamp');
  expect(model).toMatchObject({ code: 0, output: 'model  dropdown  Model\n' });
  const place = ['--option', 'home=Home', '--option', 'home/hall=Hall', '--required', 'yes'];
  const nested = await run('create', 'place', '--label', 'Place', '--type', 'dependent_field', ...place);
  expect(nested.output).toBe('place  dependent_field, required  Place\n');
  expect((await run('update', 'model', '--label', 'Lamp', '--active', 'no')).output).toBe(
    'model  dropdown, inactive  Lamp\n',
  );
  const { output } = await run('list');
  expect(output).toMatch(/^KEY +LABEL +TYPE +REQUIRED +ACTIVE +CHOICES\nmodel +Lamp +dropdown +no +1\n/);
  expect(output).toMatch(/^place +Place +dependent_field +yes +yes +2$/m);
  expect(JSON.parse((await run('update', 'model', '--position', '7', '--json')).output)).toMatchObject({ position: 7 });
  expect(await run('delete', 'model')).toMatchObject({ code: 0, output: 'model: deleted\n' });
  expect((await run('list', '--json')).output.trim().split('\n')).toHaveLength(1);
});

it('says what is wrong', async () => {
  const wrong = await run('create', 'X', '--label', 'X', '--type', 'number');
  expect(wrong).toMatchObject({ code: 1, errors: expect.stringMatching(/\/key: .*; \/type: /) });
  expect(await run('update', 'nothing', '--label', 'N')).toMatchObject({
    code: 1,
    errors: `${url} answered 404: The field does not exist.\n`,
  });
  expect(await run('update', 'place', '--required', 'perhaps')).toMatchObject({ code: 2 });
  expect(await run('update', 'place', '--option', 'home')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('key=Label'),
  });
});
