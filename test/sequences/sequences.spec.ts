import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { brokenInvariants } from '../invariants/broken-invariants.js';
import { startSequencedService } from './sequenced-service.js';
import { runSequences, textOfDeviation } from './sequences.js';

/** The full form is `node test/sequences/run.mjs`. */
const SEQUENCES = 50;

let database: TestDatabase;
let service: Awaited<ReturnType<typeof startSequencedService>>;
beforeAll(async () => {
  database = await testDatabase();
  service = await startSequencedService(database.pool);
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

it('cases come to what the model says, whatever is commanded in whatever order', async () => {
  const seed = Number(process.env['CASEWRIGHT_FUZZ_SEED'] ?? 20261128);
  const { deviation, commands } = await runSequences(service, { sequences: SEQUENCES, seed });
  expect({ seed, deviation: deviation === null ? '' : textOfDeviation(deviation) }).toEqual({ seed, deviation: '' });
  expect(commands).toBeGreaterThanOrEqual(SEQUENCES * 10);
  expect(await brokenInvariants(database.pool)).toEqual([]);
});
