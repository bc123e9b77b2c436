import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openBlobStore, type BlobStore } from '#libs/blob-store';
import type { EmailPayload } from '#libs/mail';
import { countProcessorTime } from '#libs/testing';
import { ParsePool } from '../../apps/email/src/parse/parse-pool.js';
import { HOSTILE_CONTENTS } from '../mails/hostile-contents.js';
import { HOSTILE_STRUCTURES } from '../mails/hostile-structures.js';

const IN_MESSAGE_BYTES = 256 * 1024;
/** A busy machine delays what is not at fault: a mail that is slow once is tried again. */
const TRIES = 3;
const PLAIN = Buffer.from('Subject: plain\r\nMessage-ID: <plain@customer.example>\r\n\r\ntext\r\n');

let directory: string;
let blobs: BlobStore;
let pool: ParsePool;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-hostile-'));
  blobs = await openBlobStore(directory);
  pool = new ParsePool({ blobAddress: directory, workers: 1, timeLimitMs: 10_000 });
  await pool.parse({ bytes: PLAIN });
});
afterAll(async () => {
  await pool.close();
  await rm(directory, { recursive: true });
});

interface Measured {
  readonly payload: EmailPayload;
  /** Processor time. */
  readonly milliseconds: number;
  /** Longest time that the main loop can have stood still, milliseconds. */
  readonly block: number;
}

/** Parses a mail as the email app does, a large one from the blob store. */
async function parse(bytes: Buffer): Promise<Measured> {
  const stored = bytes.length > IN_MESSAGE_BYTES ? await blobs.put(bytes) : null;
  if (stored !== null && !stored.ok) {
    throw new Error(stored.reason);
  }
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = performance.eventLoopUtilization();
  const computed = countProcessorTime();
  const { payload } = await pool.parse(stored ?? { bytes });
  const milliseconds = computed();
  delay.disable();
  // A timer that the machine woke late is no block: the loop was idle meanwhile.
  const { active } = performance.eventLoopUtilization(before);
  return { payload, milliseconds, block: Math.min(delay.max / 1e6, active) };
}

async function bestOf(bytes: Buffer): Promise<Measured> {
  let best = await parse(bytes);
  for (let tries = 1; tries < TRIES && (best.milliseconds > 2_000 || best.block > 100); tries += 1) {
    best = await parse(bytes);
  }
  return best;
}

describe('a mail that is made to hurt', () => {
  it.each([...HOSTILE_STRUCTURES, ...HOSTILE_CONTENTS])(
    'is read within 2 s and holds nobody up: $name',
    async ({ make, subject, text, attachments }) => {
      const { payload, milliseconds, block } = await bestOf(make());
      expect(payload.subject).toContain(subject);
      expect(payload.text).toContain(text ?? '');
      expect(payload.attachments.length).toBeGreaterThanOrEqual(attachments ?? 0);
      expect(payload.messageId).toBe(subject === '' ? null : 'hostile@customer.example');
      expect(payload.flags).not.toContain('raw_only');
      expect(milliseconds).toBeLessThan(2_000);
      expect(block).toBeLessThan(100);
      expect((await parse(PLAIN)).payload).toMatchObject({ subject: 'plain', text: 'text\n', flags: [] });
    },
  );
});

it('keeps of a mail beyond the time limit what its header says, and replaces the worker', async () => {
  const impatient = new ParsePool({ blobAddress: directory, workers: 1, timeLimitMs: 20 });
  await impatient.parse({ bytes: PLAIN });
  const header = 'Subject: hostile\r\nMessage-ID: <hostile@customer.example>\r\nContent-Type: text/html';
  const slow = Buffer.from(`${header}\r\n\r\n${'<p>x</p>'.repeat(1_000_000)}`);
  expect((await impatient.parse({ bytes: slow })).payload).toMatchObject({
    subject: 'hostile',
    messageId: 'hostile@customer.example',
    flags: ['raw_only', 'parse_timeout'],
  });
  expect((await impatient.parse({ bytes: PLAIN })).payload).toMatchObject({ subject: 'plain' });
  await impatient.close();
});
