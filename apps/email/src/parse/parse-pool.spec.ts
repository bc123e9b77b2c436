import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openBlobStore } from '#libs/blob-store';
import { countProcessorTime, fixtureMail } from '#libs/testing';
import { ParsePool } from './parse-pool.js';

let directory: string;
const pools: ParsePool[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-parse-'));
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});
afterAll(() => rm(directory, { recursive: true }));

function pool(timeLimitMs = 10_000, blobAddress = directory): ParsePool {
  const created = new ParsePool({ blobAddress, workers: 2, timeLimitMs });
  pools.push(created);
  return created;
}

const plain = () => fixtureMail('plain');
const mail = (html: string) => Buffer.from(`Subject: hostile\r\nContent-Type: text/html\r\n\r\n${html}`);

describe('a pool of parsers', () => {
  it('parses many mails side by side', async () => {
    const bytes = plain();
    const parser = pool();
    const parsed = await Promise.all(Array.from({ length: 100 }, () => parser.parse({ bytes })));
    expect(new Set(parsed.map(({ payload }) => payload.subject))).toEqual(new Set(['Broken lamp']));
    expect(parser.pending).toBe(0);
  });

  it('stores a mail while it parses it, also when it fails at the parsing', async () => {
    const parser = pool(300);
    await parser.start();
    const bytes = plain();
    const endless = mail(`<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(170_000)}</table>`);
    const blobs = await openBlobStore(directory);
    for (const given of [bytes, endless]) {
      const { raw, payload } = await parser.parse({ bytes: given });
      expect(payload.subject).toBe(given === bytes ? 'Broken lamp' : 'hostile');
      const content = await blobs.get(raw.sha256);
      expect(content !== null && given.equals(await buffer(content))).toBe(true);
    }
  });

  it('reads a stored mail', async () => {
    const stored = await (await openBlobStore(directory)).put(plain());
    if (!stored.ok) {
      throw new Error(stored.reason);
    }
    const { payload } = await pool().parse(stored);
    expect(payload).toMatchObject({ subject: 'Broken lamp' });
  });

  it.each([
    ['a flat table of 170,000 rows', `<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(170_000)}</table>`],
    ['200,000 nested elements', '<b>'.repeat(200_000)],
    ['200,000 nested lists', '<ul><li>'.repeat(200_000)],
    ['an endless attribute', `<a href="${'x'.repeat(5_000_000)}`],
    ['a million entities', '&amp;'.repeat(1_000_000)],
    ['blanks only', ' '.repeat(5_000_000)],
  ])('is done with %s within 2 s', async (_name, html) => {
    const parser = pool();
    await parser.parse({ bytes: plain() });
    const computed = countProcessorTime();
    const { payload } = await parser.parse({ bytes: mail(html) });
    expect(computed()).toBeLessThan(2_000);
    expect(payload).toMatchObject({ subject: 'hostile', flags: [] });
    expect(payload.htmlReference?.size).toBe(html.length);
  });

  it('keeps the header of a mail that takes too long, and parses the mails beside it', async () => {
    const parser = pool(300);
    const bytes = plain();
    await parser.parse({ bytes });
    const slow = mail(`<p>${'x'.repeat(60_000_000)}`);
    const results = await Promise.all([
      parser.parse({ bytes: slow }),
      ...Array.from({ length: 5 }, () => parser.parse({ bytes })),
    ]);
    const [late, ...others] = results.map(({ payload }) => payload);
    expect(late).toMatchObject({ subject: 'hostile', text: '', flags: ['raw_only', 'parse_timeout'] });
    expect(others.map(({ flags }) => flags)).toEqual([[], [], [], [], []]);
  });

  it('rejects when a part cannot be stored', async () => {
    const bytes = fixtureMail('attachments');
    const parser = pool(10_000, join(directory, 'gone'));
    await parser.parse({ bytes: plain() });
    await rm(join(directory, 'gone'), { recursive: true });
    await expect(parser.parse({ bytes })).rejects.toThrow('could not be stored');
  });

  it('rejects what is in work when it closes', async () => {
    const parser = pool();
    const parsing = parser.parse({ bytes: plain() });
    await Promise.all([expect(parsing).rejects.toThrow('closed'), parser.close()]);
    await expect(parser.parse({ bytes: plain() })).rejects.toThrow('closed');
  });
});
