import { describe, expect, it } from '@jest/globals';
import { parseContactFact } from '#libs/interaction';
import type { ContactTexts } from './contact-row.js';
import { factOfRow, importConnection, type RowContext } from './fact-of-row.js';

const CONTEXT: RowContext = {
  accountId: '00000000-0000-4000-8000-000000000001',
  integration: null,
  country: 'PT',
  fileSha256: 'a'.repeat(64),
  fileLines: 2,
  at: '2026-03-02T10:15:00.000Z',
};
const made = (texts: ContactTexts, context: Partial<RowContext> = {}, row = 1) =>
  factOfRow({ row, line: row + 1, read: { ok: true, texts } }, { ...CONTEXT, ...context });
const email = (value: string): ContactTexts => ({ emails: [{ value }] });

describe('the fact that a row is', () => {
  it('says what the row says, in the spelling in which addresses are compared', () => {
    const fact = made({
      name: ' Maria \n Silva ',
      emails: [{ value: 'Maria@LOJA.example' }, { value: 'maria@loja.example' }],
      phones: [{ value: '210 000 001' }, { value: 'unknown' }],
    });
    expect(fact).toMatchObject({
      ok: true,
      fact: {
        kind: 'upserted',
        contact: null,
        name: 'Maria Silva',
        emails: [{ value: 'maria@loja.example', raw: 'Maria@LOJA.example' }],
        phones: [{ value: '+351210000001', raw: '210 000 001' }],
        origin: { connection: 'import/file', eventId: `${'a'.repeat(64)}:1`, at: CONTEXT.at },
      },
    });
    expect(fact.ok && parseContactFact(JSON.stringify(fact.fact)).ok).toBe(true);
    expect(fact.ok && fact.fact).not.toHaveProperty('company');
  });

  it('has one id for one row of one file, whenever it is read', () => {
    const idOf = (...given: Parameters<typeof made>): string => {
      const fact = made(...given);
      return fact.ok ? fact.fact.id : fact.reason;
    };
    const id = idOf(email('a@b.example'));
    expect(idOf(email('a@b.example'), { at: '2027-01-01T00:00:00.000Z' })).toBe(id);
    expect(idOf(email('a@b.example'), {}, 2)).not.toBe(id);
    expect(idOf(email('c@b.example'))).not.toBe(id);
    expect(idOf(email('a@b.example'), { fileSha256: 'b'.repeat(64) })).not.toBe(id);
  });

  it('is newer than what stands before it in the file, and not newer than when the file was taken', () => {
    const atOf = (row: number): string => {
      const fact = made(email('a@b.example'), { fileLines: 10_001 }, row);
      return fact.ok ? fact.fact.origin.at : '';
    };
    expect([atOf(1), atOf(2), atOf(10_000), atOf(20_000)]).toEqual([
      '2026-03-02T10:14:50.001Z',
      '2026-03-02T10:14:50.002Z',
      CONTEXT.at,
      CONTEXT.at,
    ]);
  });

  it('names the key of an integration, and its own time where it tells one', () => {
    const fact = made(
      { externalId: 'crm-100', name: null, occurredAt: '2026-01-01T00:00:00.000Z', complete: true },
      { integration: 'HubSpot EU' },
    );
    expect(fact).toMatchObject({
      fact: {
        contact: { integration: 'HubSpot EU', externalId: 'crm-100' },
        name: null,
        complete: true,
        origin: { connection: 'import/hubspot-eu', at: '2026-01-01T00:00:00.000Z', receivedAt: CONTEXT.at },
      },
    });
    expect(importConnection('Ö')).toMatch(/^import\/[a-z0-9-]+$/);
  });

  it.each<[ContactTexts, string | null, RegExp]>([
    [{ ...email('a@b.example'), name: 'x'.repeat(201) }, 'name', /longer than 200 characters/],
    [{ ...email('a@b.example'), company: 'x'.repeat(201) }, 'company', /200/],
    [email(`${'x'.repeat(320)}@b.example`), 'email', /320/],
    [{ phones: [{ value: '1'.repeat(61) }] }, 'phone', /60/],
    [email('nobody'), 'email', /no email address/],
    [{ phones: [{ value: 'call me' }] }, 'phone', /no telephone number/],
    [{ phones: [{ value: '3.51210E+11' }] }, 'phone', /rounded by a spreadsheet/],
    [{ ...email('a@b.example'), name: 'n\u0000ul' }, 'name', /control characters/],
    [{ ...email('a@b.example'), name: 'Jo\ufffdo' }, 'name', /could not be read/],
    [{ ...email('a@b.example'), name: 'half \ud83d' }, 'name', /control characters/],
    [{ emails: Array.from({ length: 21 }, (_, at) => ({ value: `a${at}@b.example` })) }, 'email', /more than 20/],
    [{ name: 'Nobody' }, null, /neither an external id, an email nor a phone/],
    [{ externalId: '1' }, null, /not read without --integration/],
    [{ phones: [{ value: 'anonymous' }] }, null, /neither/],
  ])('is none where the row cannot be taken: %#', (texts, field, reason) => {
    expect(made(texts)).toMatchObject({ ok: false, field, reason: expect.stringMatching(reason) as unknown });
  });
});
