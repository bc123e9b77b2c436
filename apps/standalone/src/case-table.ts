import type { SampleNotes } from './sample-presses.js';

/** A row of the table that the quickstart prints. */
export interface CaseRow {
  readonly number: string;
  readonly status: string;
  readonly subject: string;
  readonly requester: string;
  readonly group: string;
  readonly assignee: string;
  readonly interactions: number;
  readonly url: string;
}

const COLUMNS = [
  ['case', (row: CaseRow) => row.number],
  ['status', (row: CaseRow) => row.status],
  ['subject', (row: CaseRow) => shortened(row.subject, 34)],
  ['requester', (row: CaseRow) => shortened(row.requester, 16)],
  ['group', (row: CaseRow) => row.group],
  ['assignee', (row: CaseRow) => row.assignee],
  ['items', (row: CaseRow) => String(row.interactions)],
  ['url', (row: CaseRow) => row.url],
] as const;

/** Plain text, one line a case. What customers sent is stripped of control characters before it reaches the terminal. */
export function caseTable(rows: readonly CaseRow[]): string {
  const cells = rows.map((row) => COLUMNS.map(([, value]) => printable(value(row))));
  const widths = COLUMNS.map(([title], column) =>
    Math.max(title.length, ...cells.map((line) => (line[column] ?? '').length)),
  );
  const line = (values: readonly string[]): string =>
    values
      .map((value, column) => value.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    line(COLUMNS.map(([title]) => title)),
    line(widths.map((width) => '─'.repeat(width))),
    ...cells.map(line),
  ].join('\n');
}

/** What an agent said in a call bar of the call that opened a case. */
export function notesText({ caseNumber, subject, notes }: SampleNotes): string {
  const lines = notes.map((note) => `  • ${printable(note)}\n`);
  return `Noted in the call bar on CASE-${caseNumber}, ${printable(subject)}:\n${lines.join('')}`;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
}
