import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TOPICS } from '#libs/interaction';
import { createEmbeddedLog, silentLogger } from '#libs/messaging';
import { aCallFact, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aDelivery, noteDeliveries, settleFacts } from '../case-api/told-facts.js';
import { aWorld, type World } from '../case-api/world.js';
import { casewright } from './terminal-of-test.js';

let world: World;
let environment: NodeJS.ProcessEnv;
let url: string;
beforeAll(async () => {
  world = await aWorld();
  url = await world.application.getUrl();
  const { pool, connectionString } = world.database;
  const log = await createEmbeddedLog({ pool, connectionString, logger: silentLogger });
  await log.ensureTopics(TOPICS);
  await log.close();
  const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'ana', scopes: ['deliveries:replay'] });
  environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: key };
});
afterAll(() => world.close());

const run = (...words: string[]) => casewright(['deliveries', ...words, '--url', url], environment);

it('says where to look when nothing came, lists what came, shows one, and tells it again', async () => {
  expect((await run()).output).toMatch(/^Nothing came: .*proxy, tunnel, firewall/);
  const call = aCallFact('ended', 9, { line: '+351210000009' });
  const body = { id: 'e1', note: 'clear\u001b[2J' };
  const [id = '', refused = ''] = await noteDeliveries(world, [
    aDelivery({ facts: [call], body }),
    aDelivery({
      ...{ connection: 'twilio/main', verdict: 'refused', reason: 'signature-mismatch', answer: 403 },
      signedAddress: 'https://hooks.acme.example/webhooks/twilio/main',
      body: Buffer.from('CallSid=CA1'),
    }),
  ]);
  await settleFacts(world, [call]);
  const listed = (await run()).output.split('\n');
  expect(listed[1]).toMatch(new RegExp(`^${refused} .* twilio/main +403 +refused +signature-mismatch$`));
  expect(listed[2]).toMatch(
    new RegExp(`^${id} .* generic/pbx +202 +recorded +endpoint-not-configured: \\+351210000009$`),
  );
  expect((await run('--connection', 'twilio/main', '--json')).output).toContain(`"id":"${refused}"`);
  expect((await run('--state', 'recorded')).output).not.toContain(refused);

  const shown = (await run('show', refused)).output;
  expect(shown).toMatch(/signed over +https:\/\/hooks.acme.example\/webhooks\/twilio\/main\n/);
  expect(shown).toMatch(/to do +compare the printed address/);
  expect(shown).toMatch(/begins +"CallSid=CA1"/);
  const own = (await run('show', id)).output;
  expect(own).toContain('"note": "clear\\u001b[2J"');
  expect(own).toMatch(/to do +add it under `numbers`/);
  expect(JSON.parse((await run('show', id, '--json')).output)).toMatchObject({ id, body });

  expect(await run('replay', id)).toMatchObject({ code: 0, output: expect.stringContaining('1 fact is told again') });
  const failed = await run('replay', refused);
  expect([failed.code, failed.errors]).toEqual([1, `${url} answered 409: The request was not taken: it is refused.\n`]);
});

it('follows what comes, each once, and again when something else has become of it', async () => {
  const stop = new AbortController();
  const call = aCallFact('ended', 9, { callId: 'followed', line: '+351210000009' });
  await world.database.pool.query('truncate delivery');
  let seen = '';
  let steps = 0;
  const onOutput = (text: string): void => {
    seen += text;
    steps += 1;
    void (steps === 1 ? settleFacts(world, [call]) : stop.abort());
  };
  const following = casewright(['deliveries', '--follow', '--url', url], environment, stop.signal, false, onOutput);
  const [id = ''] = await noteDeliveries(world, [aDelivery({ facts: [call] })]);
  expect((await following).code).toBe(0);
  expect(seen).toMatch(new RegExp(`^${id} .* waiting .*not-decided\n${id} .* recorded .*endpoint-not-configured`));
}, 20_000);
