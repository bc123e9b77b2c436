import { describe, expect, it } from '@jest/globals';
import { caseTable, type CaseRow } from './case-table.js';

const aRow = (overrides: Partial<CaseRow> = {}): CaseRow => ({
  number: 'CASE-1',
  status: 'open',
  subject: 'The kettle is broken',
  requester: 'Carol',
  group: 'Support',
  assignee: 'Ana',
  interactions: 2,
  url: 'http://127.0.0.1:3000/v1/cases/1',
  ...overrides,
});

describe('the table of cases', () => {
  it('has a line for each case, in columns', () => {
    const lines = caseTable([aRow(), aRow({ number: 'CASE-12', assignee: '' })]).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^CASE-1 {3}open/);
    expect(lines[3]).toMatch(/^CASE-12 {2}open/);
    expect(new Set([lines[0], lines[2], lines[3]].map((line) => line?.search(/items|2 {6}/))).size).toBe(1);
  });

  it('shortens what is long and lets no control character of a mail reach the terminal', () => {
    const table = caseTable([aRow({ subject: `\u001b[31mred\u0007${'x'.repeat(80)}` })]);
    expect(table).not.toContain('\u001b');
    expect(table).not.toContain('\u0007');
    expect(table).toContain('…');
  });
});
