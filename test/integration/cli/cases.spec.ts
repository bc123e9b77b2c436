import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  world = await aWorld();
  url = await world.application.getUrl();
  const account = aDeclaredAccount({ id: OUR_ACCOUNT });
  const agents = [aDeclaredAgent('ana@acme.example', 'Ana')];
  await declareConfiguration(world.database.pool, aDeclaration({ account, agents }));
  const key = { accountId: OUR_ACCOUNT, name: 'desk', scopes: ['cases:admin', 'impersonate'] };
  const secret = await createApiKey(world.database.pool, key);
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: secret };
});
afterAll(() => world.close());

const run = (...words: string[]) => casewright(['cases', ...words, '--url', url], environment);

it('opens, assigns, answers, resolves and reopens a case', async () => {
  const opened = await run(
    'create',
    '--subject',
    'My lamp\u001b[2J is broken',
    '--requester',
    'email:rita@example.org',
  );
  expect(opened).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('/subject') });
  const made = await run(
    'create',
    '--subject',
    'My lamp is broken',
    '--requester',
    'email:rita@example.org',
    '--tag',
    'vip',
  );
  expect(made).toMatchObject({ code: 0, output: 'CASE-1  new  My lamp is broken\n' });
  expect((await run('assign', 'CASE-1', 'email:ana@acme.example')).output).toBe(
    'CASE-1  open, Ana  My lamp is broken\n',
  );
  const said = await run(
    'comment',
    '1',
    'A new one is on its way.',
    '--public',
    '--as',
    'agent:email:ana@acme.example',
  );
  expect(said.output).toMatch(/^1: [0-9a-f-]{36}\n$/);
  expect((await run('resolve', '#1', 'Sent a new lamp.')).output).toBe('CASE-1  resolved, Ana  My lamp is broken\n');
  expect((await run('show', 'CASE-1')).output).toMatch(
    /Status +resolved \(Resolved\)\n[^]*Tags +vip\nResolution +Sent a new lamp\./,
  );
  expect((await run('list', '--status', 'resolved')).output).toMatch(
    /^CASE .*\nCASE-1 +resolved +My lamp is broken +rita@example.org +Support +Ana/,
  );
  expect((await run('reopen', 'CASE-1')).output).toMatch(/^CASE-1 {2}open/);
  expect(JSON.parse((await run('unassign', 'CASE-1', '--json')).output)).toMatchObject({ number: 1, status: 'new' });
});

it('merges cases', async () => {
  const open = (who: string) =>
    run('create', '--subject', 'My lamp is broken', '--requester', `email:${who}`, '--json');
  const numberOf = async (who: string) => (JSON.parse((await open(who)).output) as { number: number }).number;
  const [main, same, other] = [
    await numberOf('mo@example.org'),
    await numberOf('mo@example.org'),
    await numberOf('al@example.org'),
  ];
  expect((await run('merge', `CASE-${main}`, `CASE-${same}`)).output).toBe(`CASE-${main}  new  My lamp is broken\n`);
  expect(await run('merge', `${main}`, `${other}`)).toMatchObject({
    code: 1,
    errors: expect.stringContaining('/source_ids/0'),
  });
  const said = await run('merge', `${main}`, `${other}`, `${same}`, '--cross-requester', '--add-participants');
  expect(said).toMatchObject({ code: 0, output: expect.stringContaining(`CASE-${main}`) });
  expect((await run('show', `${other}`)).output).toMatch(new RegExp(`Status +closed[^]*Merged into CASE-${main}`));
  expect(await run('merge', `${main}`, 'lamp')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('names no case'),
  });
});

it('holds a case, and lets it go again', async () => {
  const opened = await run('create', '--subject', 'A dispute', '--requester', 'email:di@example.org', '--json');
  const { number } = JSON.parse(opened.output) as { number: number };
  const name = `CASE-${number}`;
  expect(await run('hold', name)).toMatchObject({ code: 2, errors: expect.stringContaining('--reason') });
  expect((await run('hold', name, '--reason', 'Court order 4711/26')).output).toBe(`${name}  on hold\n`);
  expect((await run('show', name)).output).toMatch(/^Legal hold +yes/m);
  expect(await run('delete', name)).toMatchObject({ code: 1, errors: expect.stringContaining('legal hold') });
  expect((await run('release', name, '--reason', 'It is over.')).output).toBe(`${name}  no hold any more\n`);
  expect(await run('delete', name)).toMatchObject({ code: 0 });
});

it('relates cases and takes that back', async () => {
  const open = async () => {
    const made = await run('create', '--subject', 'My kettle leaks', '--requester', 'email:li@example.org', '--json');
    return (JSON.parse(made.output) as { number: number }).number;
  };
  const [one, other] = [await open(), await open()];
  expect(await run('links', `${one}`)).toMatchObject({ code: 0, output: 'There is none.\n' });
  const made = await run('link', `CASE-${one}`, `${other}`, '--as', 'agent:email:ana@acme.example');
  expect(made.output).toMatch(
    new RegExp(`^CASE-${one}: related to CASE-${other} new My kettle leaks Ana [0-9a-f-]{36}\n$`),
  );
  expect((await run('links', `#${other}`)).output).toMatch(
    new RegExp(`^KIND .*\nrelated +from +CASE-${one} +new +My kettle leaks +Ana +[0-9a-f-]{36}\n$`),
  );
  expect(JSON.parse((await run('links', `${one}`, '--json')).output)).toMatchObject({ case: { number: other } });
  expect(await run('unlink', `${other}`, `CASE-${one}`)).toMatchObject({
    ...{ code: 0, output: `${other}: no longer related to CASE-${one}\n` },
  });
  expect(await run('unlink', `${other}`, `${one}`)).toMatchObject({
    code: 1,
    errors: 'The two cases are not related.\n',
  });
  expect(await run('link', `${one}`, 'lamp')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('names no case'),
  });
  expect(await run('link', `${one}`, `${one}`)).toMatchObject({ code: 1, errors: expect.stringContaining('/case_id') });
});

it('says what is wrong, each part by itself', async () => {
  expect(await run('show', 'lamp')).toMatchObject({ code: 2, errors: expect.stringContaining('names no case') });
  expect(await run('show', '4711')).toMatchObject({
    code: 1,
    errors: `${url} answered 404: The case does not exist.\n`,
  });
  const task = await run('create', '--subject', 'Call back', '--type', 'task', '--requester', 'email:rita@example.org');
  expect(task).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/\/assignee_id: .*; \/due_on: |\/due_on: .*; \/assignee_id: /),
  });
  expect(await run('assign', 'CASE-1')).toMatchObject({ code: 2, errors: expect.stringContaining('--auto') });
  expect(await run('list', '--unassigned')).toMatchObject({ code: 0 });
});
