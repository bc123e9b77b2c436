import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aWorldOfContacts, type ContactsWorld } from '../case-api/contacts-world.js';
import { casewright } from './terminal-of-test.js';

let contacts: ContactsWorld;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  contacts = await aWorldOfContacts();
  url = await contacts.world.application.getUrl();
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: contacts.key };
});
afterAll(() => contacts.world.close());

const run = (...words: string[]) => casewright(['contacts', ...words, '--url', url], environment);

it('lists, shows, merges and takes apart', async () => {
  const make = async (body: object) => (await contacts.send('POST /v1/contacts', body)).body.id;
  const rita = await make({
    name: 'Rita\u00a0Alves',
    company: 'Oficina',
    identities: [
      { kind: 'email', value: 'rita@example.org', verified: true, label: 'work' },
      { kind: 'phone', value: '+351 210 000 001' },
    ],
  });
  const rui = await make({ name: 'Rui', blocked: true, identities: [{ kind: 'email', value: 'rui@example.org' }] });
  expect((await run('list', '--phone', '+351 (210) 000-001')).output).toMatch(
    new RegExp(`^ID .*\\n${rita} +Rita.Alves +Oficina +rita@example.org +\\+351210000001 *\\n$`),
  );
  expect((await run('list', '--blocked')).output).toMatch(/Rui .*blocked\n$/);
  expect((await run('show', '+351 210 000 001')).output).toMatch(
    /Name +Rita.Alves\n[^]*Email +rita@example.org \(work, verified\)\nPhone +\+351210000001\n/,
  );
  expect(await run('show', 'nobody')).toMatchObject({ code: 2, errors: expect.stringContaining('is no contact') });
  expect(await run('show', 'nobody@example.org')).toMatchObject({ code: 1, errors: expect.stringContaining('404') });
  const merged = await run('merge', 'rita@example.org', 'rui@example.org');
  expect(merged).toMatchObject({ code: 0, output: expect.stringMatching(new RegExp(`Merged from +${rui}`)) });
  expect((await run('show', rui)).output).toBe(merged.output);
  expect(await run('merge', rita, rita)).toMatchObject({ code: 1, errors: expect.stringContaining('itself') });
  const apart = await run('unmerge', rita, rui, '--json');
  expect(JSON.parse(apart.output)).toMatchObject({ id: rita, merged_from: [] });
  expect((await run('list', '--search', 'nowhere')).output).toBe('There is none.\n');
});
