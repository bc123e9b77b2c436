import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { MailParser, type AttachmentStream, type MessageText } from 'mailparser';
import { parseMail } from '#libs/mail';
import { sixKilobytes, withAttachment } from './bench-mails.js';
import type { BenchContext } from './context.js';
import { median, type Figure } from './figure.js';

/** The fastest way to use mailparser: whatever can be skipped is skipped. */
const LEAN = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  checksumAlgo: false,
} as const;

/** Parsing with all guards on, beside mailparser alone with the same mails, on one thread. */
export async function benchParse({ quick, say }: BenchContext): Promise<Figure[]> {
  const mails = Array.from({ length: quick ? 300 : 600 }, (_, index) =>
    index % 5 === 0 ? withAttachment('parse', index, 30_000) : sixKilobytes('parse', index),
  );
  const guarded: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= (quick ? 6 : 16); round += 1) {
    const ours = await rateOf(mails, parseGuarded);
    const theirs = await rateOf(mails, parseBare);
    if (round > 1) {
      guarded.push(ours);
      bare.push(theirs);
    }
  }
  say(`  ${mails.length} mails, a fifth of them with an attachment of 30 KB`);
  return [
    {
      bench: 'parse',
      name: 'all guards on, one thread',
      unit: 'mails/s',
      value: median(guarded),
      limit: { name: 'lean mailparser', value: median(bare) },
      wanted: { ratio: 0.9 },
    },
  ];
}

async function rateOf(mails: readonly Buffer[], parse: (mail: Buffer) => Promise<void>): Promise<number> {
  const started = performance.now();
  for (const mail of mails) {
    await parse(mail);
  }
  return mails.length / ((performance.now() - started) / 1000);
}

/** Parts are read to their end and not kept: the disk is not what is measured. */
const discardingParts = {
  async put(content: Buffer | Readable): Promise<{ sha256: string; size: number }> {
    const { length } = Buffer.isBuffer(content) ? content : await buffer(content);
    return { sha256: '0'.repeat(64), size: length };
  },
};

async function parseGuarded(mail: Buffer): Promise<void> {
  const source = { bytes: mail, size: mail.length, open: async () => Readable.from([mail], { objectMode: false }) };
  await parseMail(source, discardingParts);
}

async function parseBare(mail: Buffer): Promise<void> {
  const parser = new MailParser(LEAN);
  parser.end(mail);
  for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
    if (part.type === 'attachment') {
      await buffer(part.content);
      part.release?.();
    }
  }
}
