import { encode } from 'iconv-lite';
import { describe, expect, it } from '@jest/globals';
import type { ContactRow, ContactTexts } from './contact/contact-row.js';
import { readMap } from './csv/csv-dialect.js';
import { planReading, type ReadingPlan, type ReadingWishes, readRows } from './reading-plan.js';
import { examineFile } from './text/examine-file.js';

const WISHES: ReadingWishes = { separator: null, encoding: null, map: [], hasIntegration: false };

async function* pieces(bytes: Buffer, size = 64 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function planned(bytes: Buffer, wishes: Partial<ReadingWishes> = {}): Promise<ReadingPlan | string> {
  const plan = planReading(await examineFile(pieces(bytes)), { ...WISHES, ...wishes });
  return plan.ok ? plan.value : plan.reason;
}

async function read(
  content: Buffer | string,
  wishes: Partial<ReadingWishes> = {},
  size?: number,
): Promise<ContactRow[]> {
  const bytes = Buffer.from(content as string);
  const plan = await planned(bytes, wishes);
  if (typeof plan === 'string') {
    throw new Error(plan);
  }
  const rows: ContactRow[] = [];
  for await (const some of readRows(pieces(bytes, size), plan)) {
    rows.push(...some);
  }
  return rows;
}

const textsIn = (rows: readonly ContactRow[]): (Partial<ContactTexts> | string)[] =>
  rows.map(({ read: one }) => (one.ok ? (JSON.parse(JSON.stringify(one.texts)) as ContactTexts) : one.reason));

describe('letters of a file', () => {
  const CSV = 'Nome;Telefone;Email\r\nJoão;210 000 000;\r\n';
  it.each([
    ['windows-1252', encode(CSV, 'windows-1252')],
    ['utf-8', Buffer.from(CSV)],
    ['utf-8', Buffer.from(`\ufeff${CSV}`)],
    ['utf-16le', encode(CSV, 'utf-16le', { addBOM: true })],
    ['utf-16be', encode(CSV, 'utf-16be', { addBOM: true })],
    ['utf-16le', encode(CSV, 'utf-16le')],
  ])('F4 are found: %s', async (charset, bytes) => {
    expect(await planned(bytes)).toMatchObject({ charset, dialect: { separator: ';', headerLine: 1 } });
    expect(textsIn(await read(bytes, {}, 7))).toEqual([{ name: 'João', phones: [{ value: '210 000 000' }] }]);
  });

  it('are another set where that is evident', async () => {
    const bytes = encode('Name,Email\nИван Петров,ivan@example.ru\nМария Иванова,maria@example.ru\n', 'windows-1251');
    expect(textsIn(await read(bytes))[1]).toMatchObject({ name: 'Мария Иванова' });
  });

  it('are what is asked for, unless that is impossible', async () => {
    const bytes = encode('Name,Email\nŽižka,a@b.example\n', 'iso-8859-2');
    expect(textsIn(await read(bytes, { encoding: 'iso-8859-2' }))[0]).toMatchObject({ name: 'Žižka' });
    expect(await planned(bytes, { encoding: 'utf-8' })).toMatch(/not in UTF-8/);
    expect(await planned(bytes, { encoding: 'klingon' })).toMatch(/"klingon" is no encoding/);
  });
});

describe('separator and heading', () => {
  it.each([
    [';', 'Nome;Telefone;Email\nA, B;1;a@b.example'],
    [',', 'Name,Phone,Email\nA;B,1,a@b.example'],
    ['\t', 'Name\tPhone\tEmail\nA;B\t1\ta@b.example'],
    ['|', 'Name|Phone|Email\nA;B|1|a@b.example'],
    [';', 'sep=;\nName;Phone;Email\nA,B;1;a@b.example'],
    [';', 'Export of 2 March 2026\n\nName;Phone;Email\nA;1;a@b.example'],
  ])('are found: %s', async (separator, text) => {
    expect(await planned(Buffer.from(text))).toMatchObject({ dialect: { separator } });
    expect(await read(text)).toHaveLength(1);
  });

  it('may be told, by heading or by number', async () => {
    const map = readMap('name=Quem é, afinal?,phone=Como');
    const text = 'Quem é; afinal?;Como\n';
    expect(map).toEqual({
      ok: true,
      value: [
        { field: 'name', column: 'Quem é, afinal?' },
        { field: 'phone', column: 'Como' },
      ],
    });
    expect(await planned(Buffer.from(text), { map: [{ field: 'phone', column: 'Quando' }] })).toMatch(
      /called "Quando"/,
    );
    const byNumber = [
      { field: 'name', column: '1' },
      { field: 'email', column: '2' },
    ] as const;
    expect(textsIn(await read('Ana;ana@b.example\nRui;rui@b.example', { map: byNumber }))).toEqual([
      { name: 'Ana', emails: [{ value: 'ana@b.example' }] },
      { name: 'Rui', emails: [{ value: 'rui@b.example' }] },
    ]);
  });

  it('have to have the ids that are asked for', async () => {
    const text = Buffer.from('Name,Email\nAna,ana@b.example\n');
    expect(await planned(text, { hasIntegration: true })).toMatch(/--id-column/);
  });

  it('say what is there where nothing is understood', async () => {
    expect(await planned(Buffer.from('Foo;Bar\n1;2\n'))).toMatch(/line 1 has "Foo", "Bar".*--map/);
  });

  it('join names, and find several addresses', async () => {
    const text =
      'Vorname;Name;E-Mail;Telefon;Mobil\nMax;Muster;"m@a.example, max@a.example";030 1;="0171 2"\n;;;-;n/a\n;;;;;';
    expect(textsIn(await read(text))).toEqual([
      {
        name: 'Max Muster',
        emails: [{ value: 'm@a.example' }, { value: 'max@a.example' }],
        phones: [{ value: '030 1' }, { value: '0171 2' }],
      },
      {},
    ]);
  });
});

describe('hostile files', () => {
  it('of a heading only hold no rows', async () => {
    expect(await read('Name;Email\n')).toEqual([]);
  });

  it.each([
    ['', /is empty/],
    [' \r\n ', /nothing but blanks/],
    ['PK\x03\x04xl/workbook.xml', /ZIP archive, such as an Excel workbook/],
    ['\xd0\xcf\x11\xe0\xa1\xb1', /old Excel workbook/],
    ['%PDF-1.7', /PDF/],
    ['\x1f\x8b\x08', /gzip/],
    ['<?xml version="1.0"?>', /XML or HTML/],
    ['[{"email":"a@b.example"}]', /one object on each line/],
    ['\x00\x01\x02\x03\x04\x05\x06\x07', /no text/],
  ])('that are no list are called by their name: %#', async (content, reason) => {
    expect(await planned(Buffer.from(content, 'latin1'))).toMatch(reason);
  });

  it('have every row told of, with its line', async () => {
    const text = [
      'Name,Email',
      'a,a@b.example',
      '"open,x@b.example',
      'b,b@b.example',
      `${'y'.repeat(1_000_000)},y@b.example`,
      '=HYPERLINK("http://evil"),c@b.example\rd,d@b.example',
      'e,e@b.example,surplus',
      'n\u0000ul,n@b.example',
    ].join('\r\n');
    const rows = await read(text, {}, 1000);
    expect(rows.map(({ row, line }) => [row, line])).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9].map((line, at) => [at + 1, line]),
    );
    expect(textsIn(rows)).toMatchObject([
      { name: 'a' },
      expect.stringContaining('quote'),
      { name: 'b' },
      'is longer than 64 KiB',
      { name: '=HYPERLINK("http://evil")' },
      { name: 'd' },
      expect.stringContaining('3 cells where the heading has 2'),
      { name: 'n\u0000ul' },
    ]);
  });
});

describe('JSON lines', () => {
  it('are read in the form of a contact.upserted', async () => {
    const line = {
      type: 'contact.upserted',
      id: 'k-1',
      occurred_at: '2026-03-02T10:00:00+01:00',
      external_id: 'crm-100',
      name: 'Maria Silva',
      company: null,
      emails: [{ value: 'maria@loja.example', primary: true, verified: true }],
      phones: ['+351 210 000 001'],
    };
    expect(textsIn(await read(`${JSON.stringify(line)}\n\n`))).toEqual([
      {
        externalId: 'crm-100',
        name: 'Maria Silva',
        company: null,
        emails: [{ value: 'maria@loja.example', primary: true }],
        phones: [{ value: '+351 210 000 001' }],
        occurredAt: '2026-03-02T09:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['{"type":"contact.erased","external_id":"1"}', /not contact.upserted/],
    ['{"email":"a@b.example"}', /member that is not known/],
    ['{"emails":"a@b.example"}', /no list/],
    ['{"emails":[{"label":"x"}]}', /something else/],
    ['{"name":5}', /no text/],
    ['{"occurred_at":"yesterday"}', /no instant/],
    ['{"emails":[', /no JSON/],
    ['[]', /no JSON object/],
    [`{"name":"${'x'.repeat(70_000)}"}`, /longer than 64 KiB/],
  ])('that say something else are refused: %.30s', async (line, reason) => {
    const [, refusal] = textsIn(await read(`{"emails":["a@b.example"]}\n${line}`, {}, 999));
    expect(refusal).toMatch(reason);
  });
});
