import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixtureMails } from '#libs/testing';
import { memoryParts, sourceOfBytes } from './memory-parts.js';
import { parseMail } from './parse-mail.js';

/** What mails are made of, for strings that look more like mails than random bytes do. */
const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '--b\r\n',
  '--b--\r\n',
  'Content-Type: multipart/mixed; boundary=b\r\n',
  'Content-Type: multipart/alternative; boundary="b"\r\n',
  'Content-Type: text/html; charset=utf-16\r\n',
  'Content-Type: text/plain; charset=iso-2022-jp; format=flowed\r\n',
  'Content-Type: message/rfc822\r\n',
  'Content-Type: application/ms-tnef\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Transfer-Encoding: quoted-printable\r\n',
  'Content-Transfer-Encoding: x-uuencode\r\n',
  'Content-Disposition: attachment; filename*0*=utf-8\'\'%C3; filename*1="x"\r\n',
  'Subject: =?utf-8?B?w?= =?x?Q?=FC?=\r\n',
  'From: "a b"@c.example, =?gb2312?B?1tA=?= <x@y.example>\r\n',
  'begin 644 a.txt\r\n',
  'end\r\n',
  '=FC=\r\n',
  'eJ8+IgEQ',
  '\x1b$B',
  '~{',
  '+AGE-',
  '\xff\xfe',
  '\x00',
  '<table><td>',
];

async function survives(mail: Buffer): Promise<void> {
  const payload = await parseMail(sourceOfBytes(mail), memoryParts());
  const told = JSON.stringify([
    payload.subject,
    payload.text,
    payload.from,
    payload.attachments.map(({ name }) => name),
  ]);
  expect(told).not.toContain('\\u0000');
  expect(payload.flags).not.toContain('raw_only');
  expect(payload.attachments.every(({ name }) => name !== '' && !/[/\\]/.test(name))).toBe(true);
}

it('reads any bytes', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), (bytes) => survives(Buffer.from(bytes))),
    { numRuns: 300 },
  ));

it('reads any pieces of mails in any order', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 20 })), { maxLength: 60 }),
      (pieces) => survives(Buffer.from(pieces.join(''), 'latin1')),
    ),
    { numRuns: 500 },
  ));

it('reads mails with bytes changed, cut out and doubled', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fixtureMails()),
      fc.array(fc.tuple(fc.nat(), fc.nat(60), fc.uint8Array({ maxLength: 10 })), { minLength: 1, maxLength: 6 }),
      (fixture, changes) =>
        survives(
          changes.reduce<Buffer>((mail, [place, length, bytes]) => {
            const at = place % (mail.length + 1);
            return Buffer.concat([mail.subarray(0, at), bytes, mail.subarray(at + (length > 30 ? length : 0))]);
          }, fixture),
        ),
    ),
    { numRuns: 400 },
  ));
