import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SenderVerifier } from './sender-verifier.js';

const MAIL = Buffer.from('From: <maria@customer.invalid>\r\nSubject: Lamp\r\n\r\nIt is dark.\r\n');
let folder: string;
let verifier: SenderVerifier;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-verifier-'));
  verifier = new SenderVerifier({ blobAddress: folder });
});
afterAll(async () => {
  await verifier.close();
  await rm(folder, { recursive: true, force: true });
});

it('answers from its thread, within the time limit whatever DNS does', async () => {
  const session = { clientAddress: '192.0.2.1', greeting: 'mail', envelopeFrom: 'maria@customer.invalid' };
  const own = await verifier.verify({ bytes: MAIL }, session);
  const passed = own.made && own.results.some(({ result }) => result === 'pass');
  expect(passed).toBe(false);
}, 10_000);

it('answers for a mail that is not stored, and for one that is too large', async () => {
  const gone = await verifier.verify({ sha256: '0'.repeat(64), size: 10 }, null);
  expect(gone).toEqual({ made: false, why: 'the stored mail could not be read' });
  const large = await verifier.verify({ sha256: '0'.repeat(64), size: 26 * 1024 * 1024 }, null);
  expect(large).toEqual({ made: false, why: 'the mail is too large' });
});

it('answers what waits when it is closed', async () => {
  const waiting = new SenderVerifier({ blobAddress: folder });
  const answer = waiting.verify({ bytes: MAIL }, null);
  await waiting.close();
  expect(await answer).toMatchObject({ made: false });
});
