import { expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { MailScan } from './mail-scan.js';

function scan(chunks: readonly Buffer[]): { output: string; body: string; repaired: number } {
  const scanned = new MailScan();
  const output = [...chunks.flatMap((chunk) => scanned.push(chunk)), ...scanned.finish()];
  return {
    output: Buffer.concat(output).toString('latin1'),
    body: scanned.bodySha256(),
    repaired: scanned.repairedBoundaries,
  };
}

function scanWhole(mail: Buffer): ReturnType<typeof scan> {
  const scanned = new MailScan();
  const output = Buffer.concat(scanned.whole(mail)).toString('latin1');
  return { output, body: scanned.bodySha256(), repaired: scanned.repairedBoundaries };
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [
    0,
    ...[...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b),
    bytes.length,
  ];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

const line = fc.constantFrom('--b', '--b ', '--b--\t', '-- ', '--other  ', 'text', '', ' --b ', '-', '--b x ');
const message = fc
  .array(line)
  .map((lines) => Buffer.from(`Content-Type: multipart/mixed; boundary="b"\r\n\r\n${lines.join('\r\n')}`));

it('takes blanks off declared boundaries only, however the mail is cut into chunks', () => {
  fc.assert(
    fc.property(message, fc.array(fc.nat()), (bytes, places) => {
      const expected = bytes
        .toString('latin1')
        .replace(/^(--b(--)?)[ \t]+$/gm, '$1')
        .replace(/^(--b(--)?)[ \t]+\r$/gm, '$1\r');
      const { output, body } = scan(cut(bytes, places));
      expect(output).toBe(expected);
      const start = bytes.indexOf('\r\n\r\n') + 4;
      expect(body).toBe(createHash('sha256').update(bytes.subarray(start)).digest('hex'));
    }),
    { numRuns: 500 },
  );
});

it('finds the same in a mail that is there in one piece', () => {
  fc.assert(
    fc.property(fc.oneof(message, fc.uint8Array({ maxLength: 300 }).map(Buffer.from)), fc.nat(), (bytes, place) => {
      expect(scanWhole(bytes)).toEqual(scan(cut(bytes, [place])));
    }),
    { numRuns: 500 },
  );
});

it('passes any bytes on', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat()), (bytes, places) => {
      expect(scan(cut(Buffer.from(bytes), places)).output).toBe(Buffer.from(bytes).toString('latin1'));
    }),
  );
});
