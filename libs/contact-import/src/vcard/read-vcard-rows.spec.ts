import { encode } from 'iconv-lite';
import { describe, expect, it } from '@jest/globals';
import type { ContactRow } from '../contact/contact-row.js';
import { readVcardRows } from './read-vcard-rows.js';

async function read(content: string | Buffer, charset = 'utf-8', size = 1000): Promise<ContactRow[]> {
  const bytes = Buffer.from(content as string);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) {
      yield bytes.subarray(at, at + size);
    }
  }
  const rows: ContactRow[] = [];
  for await (const some of readVcardRows(pieces(), charset)) {
    rows.push(...some);
  }
  return rows;
}

const told = (rows: readonly ContactRow[]): unknown[] =>
  rows.map(({ read: one }) => (one.ok ? (JSON.parse(JSON.stringify(one.texts)) as unknown) : one.reason));
const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');

describe('cards', () => {
  it('of version 2.1 have soft line breaks and charsets of their own', async () => {
    const old = card(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=47=C3=B3mez;Jos=C3=A9=20Mar=',
      '=C3=ADa;;;',
      'ORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Caf=E9 da Esquina;Sala',
      'TEL;CELL;PREF:+351 910 000 001',
      'TEL;WORK;FAX:+351 210 000 009',
      'EMAIL;INTERNET:jose@loja.example',
    );
    for (const size of [1, 7, 1000]) {
      expect(told(await read(old, 'windows-1252', size))).toEqual([
        {
          name: 'José María Gómez',
          company: 'Café da Esquina',
          emails: [{ value: 'jose@loja.example' }],
          phones: [{ value: '+351 910 000 001', label: 'cell', primary: true }],
        },
      ]);
    }
  });

  it('of version 3.0 are folded, have groups, and escapes', async () => {
    const apple = card(
      'VERSION:3.0',
      'FN:Silva\\, Maria da Conceição de Albu',
      ' querque',
      'item1.TEL;type=pref:+351 210 000 001',
      'item1.X-ABLabel:_$!<Switchboard>!$_',
      'item2.EMAIL;type=INTERNET;type=HOME;type=pref:maria@loja.example',
      'UID:abc-1',
    );
    expect(told(await read(apple))).toEqual([
      {
        externalId: 'abc-1',
        name: 'Silva, Maria da Conceição de Albuquerque',
        emails: [{ value: 'maria@loja.example', label: 'home', primary: true }],
        phones: [{ value: '+351 210 000 001', label: 'Switchboard', primary: true }],
      },
    ]);
  });

  it('of version 4.0 have addresses as URIs and quoted parameters', async () => {
    const four = card(
      'VERSION:4.0',
      'FN:Rui',
      'TEL;VALUE=uri;PREF=1;TYPE="voice,home";X-A="a:b;c":tel:+351-210-000-001',
      'EMAIL:rui@loja.example',
      'TZ:Europe/Lisbon',
      'LANG:pt-PT',
    );
    expect(told(await read(four))).toMatchObject([
      {
        phones: [{ value: 'tel:+351-210-000-001', primary: true, label: 'home' }],
        timeZone: 'Europe/Lisbon',
        locale: 'pt-PT',
      },
    ]);
  });

  it('may bear pictures of any size, folded or not, which nobody reads', async () => {
    const picture = 'A'.repeat(5 * 1024 * 1024);
    const folded = (picture.match(/.{1,74}/g) ?? []).join('\r\n ');
    const cards = [`PHOTO;ENCODING=b;TYPE=JPEG:${picture}`, `PHOTO;BASE64:\r\n ${folded}\r\n`, `PHOTO:${picture}`];
    const text = cards.map((photo, at) => card('VERSION:3.0', `FN:Ana ${at}`, photo, `TEL:21000000${at}`)).join('');
    expect(told(await read(text, 'utf-8', 65_536))).toMatchObject([
      { name: 'Ana 0', phones: [{ value: '210000000' }] },
      { name: 'Ana 1', phones: [{ value: '210000001' }] },
      { name: 'Ana 2', phones: [{ value: '210000002' }] },
    ]);
  });

  it('that are broken are told of one by one', async () => {
    const text =
      card('VERSION:3.0', `NOTE:${'x'.repeat(70_000)}`, 'TEL:1') +
      'BEGIN:VCARD\nFN:Open\n' +
      card('VERSION:3.0', 'FN:Ana', 'TEL:210000000', 'no property', 'constructor:x', '__proto__:y') +
      'something else\nand more\n' +
      card('VERSION:2.1', 'N:Chefe;Rui', 'AGENT:', 'BEGIN:VCARD', 'N:Outro', 'END:VCARD', 'TEL:210000001') +
      'BEGIN:VCARD\nFN:Cut';
    expect(told(await read(text))).toEqual([
      'is longer than 64 KiB',
      'is a card that does not end',
      { name: 'Ana', phones: [{ value: '210000000' }] },
      'is in no card',
      { name: 'Rui Chefe', phones: [{ value: '210000001' }] },
      'is a card that does not end',
    ]);
  });

  it('are read in UTF-16 too', async () => {
    const text = encode(card('VERSION:3.0', 'FN:João', 'TEL:1'), 'utf-16le', { addBOM: true });
    expect(told(await read(text, 'utf-16le', 7))).toMatchObject([{ name: 'João' }]);
  });
});
