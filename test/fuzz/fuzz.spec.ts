import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { fuzz } from './fuzz.js';
import { type StartedService, startService } from './service.js';
import { shortcomingsOf } from './shortcomings.js';

/** The full form is `node test/fuzz/run.mjs`. */
const REQUESTS = 1800;

let database: TestDatabase;
let service: StartedService;
beforeAll(async () => {
  database = await testDatabase();
  service = await startService(database.pool, { mails: 30 });
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

it('answers whatever it is asked with what its description says', async () => {
  const seed = Number(process.env['CASEWRIGHT_FUZZ_SEED'] ?? 20261128);
  const report = await fuzz(service, { requests: REQUESTS, seed });
  expect({ seed, wrong: shortcomingsOf(report, service.log) }).toEqual({ seed, wrong: [] });
  // Chance alone does not reach far: these need others before them.
  const unreached = report.tally.withoutSuccess(1).map(({ id }) => id);
  expect(unreached).not.toEqual(expect.arrayContaining(['resolveCase']));
  expect(unreached).not.toEqual(expect.arrayContaining(['getLatestCase']));
});
