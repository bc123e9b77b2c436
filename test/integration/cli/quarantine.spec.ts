import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { insertInteractions, insertSuspensions } from '#libs/case-store';
import { anInteraction, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  world = await aWorld();
  url = await world.application.getUrl();
  const key = { accountId: OUR_ACCOUNT, name: 'ana', scopes: ['cases:read', 'cases:write'] };
  const secret = await createApiKey(world.database.pool, key);
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: secret };
});
afterAll(() => world.close());

/** One that waits, with a subject that would like to move the cursor. */
async function suspend(reason: string): Promise<string> {
  const content = { subject: 'Urgent\u001b[2J', text: 'Pay.', attachments: [] };
  const interaction = anInteraction({ accountId: OUR_ACCOUNT, content });
  const at = new Date().toISOString();
  const row = { interaction, endpoints: [], caseId: null, visibility: 'internal', outcome: 'suspended' } as const;
  const payload = Buffer.from(JSON.stringify(interaction));
  await insertInteractions(world.database.pool, OUR_ACCOUNT, at, [{ ...row, payload, decision: '{"reasons":[]}' }]);
  await insertSuspensions(world.database.pool, OUR_ACCOUNT, at, [{ interactionId: interaction.id, reason }]);
  return interaction.id;
}

const run = (...words: string[]) => casewright(['quarantine', ...words, '--url', url], environment);

it('lists, releases and rejects what waits', async () => {
  expect(await run('list')).toMatchObject({ code: 0, output: 'Nothing waits.\n' });
  const [kept, wrong] = [await suspend('spoofed_sender'), await suspend('too_many_cases')];
  const listed = await run('list');
  expect(listed.output).toMatch(new RegExp(`${kept} .* spoofed_sender +carol@example.org +Urgent`));
  expect(listed.output).not.toContain('\u001b');
  const json = await run('list', '--reason', 'too_many_cases', '--json');
  expect(JSON.parse(json.output)).toMatchObject({ interaction_id: wrong, reason: 'too_many_cases' });

  expect(await run('release', kept)).toMatchObject({ code: 0, output: `${kept}: released\n` });
  expect(await run('release', kept)).toMatchObject({ code: 0, output: `${kept}: released\n` });
  expect(await run('reject', wrong, '--reason', 'a test')).toMatchObject({ code: 0, output: `${wrong}: rejected\n` });
  expect(await run('list')).toMatchObject({ output: 'Nothing waits.\n' });
  expect((await run('list', '--state', 'rejected')).output).toContain(wrong);
});

it('says what is wrong in one sentence', async () => {
  const id = await suspend('spoofed_sender');
  await run('reject', id, '--reason', 'phishing');
  const late = await run('release', id);
  expect([late.code, late.errors]).toEqual([1, `${url} answered 409: The interaction was rejected before.\n`]);
  const unknown = await run('release', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10');
  expect([unknown.code, unknown.errors]).toEqual([
    1,
    `${url} answered 404: The interaction in quarantine does not exist.\n`,
  ]);
  expect((await run('list', '--state', 'odd')).errors).toMatch(/Must be one or more of: waiting, released, rejected/);
  const withoutKey = await casewright(['quarantine', 'list', '--url', url], { DATA_DIR: '/nonexistent/casewright' });
  expect(withoutKey.errors).toMatch(/set CASEWRIGHT_API_KEY/);
});
