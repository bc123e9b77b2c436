import { expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { MailSource } from './content/mime-content.js';
import { memoryParts, sourceOfBytes } from './memory-parts.js';
import { parseMail } from './parse-mail.js';

const mail = (header: string, body: string) => Buffer.from(`${header}\r\nMessage-ID: <x@y.example>\r\n\r\n${body}`);

function streamed(bytes: Buffer): MailSource {
  return { size: bytes.length, bytes: null, open: async () => Readable.from(slices(bytes, 65_536)) };
}

it.each([
  ['in one piece', sourceOfBytes],
  ['as a stream', streamed],
])('holds a bounded part of endless text that comes %s, and still reads what follows it', async (_how, sourceOf) => {
  const endless = 'all work and no play\r\n'.repeat(600_000);
  const body = `--b\r\n\r\n${endless}--b\r\nContent-Type: application/pdf\r\n\r\npdf\r\n--b--\r\n`;
  const payload = await parseMail(sourceOf(mail('Content-Type: multipart/mixed; boundary=b', body)), memoryParts());
  expect(payload.flags).toEqual(['text_cut']);
  expect(payload.textReference?.size).toBeGreaterThan(7_500_000);
  expect(payload.textReference?.size).toBeLessThan(8_388_608);
  expect(payload.attachments).toMatchObject([{ size: 3 }]);
});

it('reads a large mail as a stream', async () => {
  const body = `${'QUJD'.repeat(19)}\r\n`.repeat(20_000);
  const bytes = mail('Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64', body);
  const payload = await parseMail(streamed(bytes), memoryParts());
  expect(payload.attachments).toMatchObject([{ size: 57 * 20_000, mediaType: 'application/pdf' }]);
});

it('decodes the texts of a large mail like those of a small one, and tells its attachments apart', async () => {
  const filler = `--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n${'x'.repeat(6_000_000)}\r\n`;
  const texts = ['', 'Content-Type: text/plain; charset=utf-8\r\n', 'Content-Type: text/plain; charset=x-unknown\r\n'];
  const body = `${texts.map((header) => `--b\r\n${header}\r\nGr\xfc\xdfe\r\n`).join('')}${filler}${filler}--b--\r\n`;
  const bytes = Buffer.from(mail('Content-Type: multipart/mixed; boundary=b', body).toString(), 'latin1');
  const payload = await parseMail(streamed(bytes), memoryParts());
  expect(payload).toMatchObject({ text: 'Grüße\nGrüße\nGrüße', flags: ['charset_guessed'] });
  expect(payload.attachments.map(({ name }) => name)).toEqual(['a.pdf', 'a (2).pdf']);
});

function slices(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_unused, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
