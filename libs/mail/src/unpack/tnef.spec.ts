import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aWinmail } from '#libs/testing';
import { memoryParts, sourceOfBytes } from '../memory-parts.js';
import { parseMail } from '../parse-mail.js';
import { readTnef } from './tnef.js';

const winmail = aWinmail({
  html: '<p>Bestellung für März</p>',
  files: [
    { title: 'RECHNU~1.PDF', longName: 'Rechnung März.pdf', content: Buffer.from('%PDF-1.4') },
    { title: 'kurz.txt', longName: null, content: Buffer.from('kurz') },
  ],
});

const mailWith = (content: Buffer, text: string) =>
  Buffer.from(
    `Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${text}--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64')}\r\n--b--\r\n`,
  );

async function parsed(mail: Buffer) {
  const parts = memoryParts();
  return { payload: await parseMail(sourceOfBytes(mail), parts), parts };
}

describe('a winmail.dat', () => {
  it('is unpacked into files with their long names, and stays a file itself', async () => {
    const { payload, parts } = await parsed(mailWith(winmail, '--b\r\n\r\nsee the files\r\n'));
    expect(payload.attachments.map(({ name }) => name)).toEqual(['winmail.dat', 'Rechnung März.pdf', 'kurz.txt']);
    expect(parts.contents.get(payload.attachments[1]?.sha256 ?? '')?.toString()).toBe('%PDF-1.4');
    expect(payload).toMatchObject({ text: 'see the files', flags: ['tnef_unpacked'] });
  });

  it('gives the text of a mail that has no other', async () => {
    const { payload } = await parsed(mailWith(winmail, ''));
    expect(payload).toMatchObject({ text: 'Bestellung für März', html: '<p>Bestellung für März</p>' });
  });

  it('is read as far as it goes when it is cut anywhere', () => {
    for (let length = 0; length < winmail.length; length += 1) {
      expect(readTnef(winmail.subarray(0, length))?.files.length ?? 0).toBeLessThanOrEqual(2);
    }
  });

  it('does no harm whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.nat(winmail.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, bytes) => {
        const changed = Buffer.from(winmail);
        changed.set(bytes.subarray(0, changed.length - at), at);
        expect(() => readTnef(changed)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
