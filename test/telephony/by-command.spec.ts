import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { aDeclaredLine, waitUntil } from '#libs/testing';
import { ACME } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { casewright } from '../integration/cli/terminal-of-test.js';
import { missedCall } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const UNKNOWN = '+351210000009';
/** What the delivery log may take to say it, beside other specs. */
const SAID_WITHIN_MS = 20_000;

describe.each(logsUnderTest())('I send an event and nothing happens, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  afterAll(() => world?.stop());

  it('F16 casewright deliveries says why, and what to do; done and replayed, it is a case', async () => {
    const environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: world.apiKey };
    const run = (...words: string[]) =>
      casewright(['deliveries', ...words, '--url', world.urls['case-api']], environment);
    await world.sends(...missedCall('c-9', 0, { to: UNKNOWN }));
    const line = /^(\S+) .* generic\/pbx +202 +recorded +endpoint-not-configured: \+351210000009$/mu;
    let id: string | undefined;
    const isSaid = async (): Promise<boolean> => {
      id = line.exec((await run()).output)?.[1];
      return id !== undefined;
    };
    await waitUntil(isSaid, SAID_WITHIN_MS, () => 'the delivery log does not say why', 100);
    const shown = (await run('show', id ?? '')).output;
    expect(shown).toMatch(/to do +add it under `numbers` of the connection, .*`replay`/);
    expect(await world.cases()).toEqual([]);

    await declareConfiguration(world.pool, { ...ACME, endpoints: [...ACME.endpoints, aDeclaredLine(UNKNOWN)] });
    expect(await run('replay', id ?? '')).toMatchObject({ code: 0 });
    await world.settled();
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, group: 'Support' });
    expect((await run('show', id ?? '')).output).toMatch(/^ +became +created CASE-\d+$/mu);
  });
});
