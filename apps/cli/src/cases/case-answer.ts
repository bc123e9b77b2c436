import { fitted, type Terminal } from '../terminal.js';

interface Named {
  readonly name: string | null;
}

/** The part of a case that is shown. */
export interface CaseAnswer {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly subject: string;
  readonly description: string;
  readonly status: string;
  readonly status_label: string | null;
  readonly priority: string | null;
  readonly type: string | null;
  readonly group: Named;
  readonly assignee: Named | null;
  readonly requester: Named & { readonly email: string | null };
  readonly tags: readonly string[];
  readonly resolution: string | null;
  readonly legal_hold: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export const CASE_HEADING = ['CASE', 'STATUS', 'SUBJECT', 'REQUESTER', 'GROUP', 'ASSIGNEE', 'UPDATED'];

/** A case as a row of a table. */
export function caseRow(one: CaseAnswer): string[] {
  return [
    `CASE-${one.number}`,
    one.status,
    fitted(one.subject, 50),
    fitted(requesterOf(one), 30),
    fitted(one.group.name ?? '', 20),
    fitted(one.assignee?.name ?? '', 20),
    one.updated_at,
  ];
}

/** One case, a line for each thing that there is to say. */
export function showCase(terminal: Terminal, one: CaseAnswer): void {
  const label = one.status_label === null ? '' : ` (${one.status_label})`;
  const lines: readonly (readonly [string, string | null])[] = [
    ['Case', `CASE-${one.number}, version ${one.version}, ${one.id}`],
    ['Subject', one.subject],
    ['Status', `${one.status}${label}`],
    ['Requester', requesterOf(one)],
    ['Group', one.group.name],
    ['Assignee', one.assignee?.name ?? 'nobody'],
    ['Type', one.type],
    ['Priority', one.priority],
    ['Tags', one.tags.length === 0 ? null : one.tags.join(', ')],
    ['Resolution', one.resolution],
    ['Legal hold', one.legal_hold ? 'yes: it is kept whatever else says that it may go' : null],
    ['Created', one.created_at],
    ['Updated', one.updated_at],
  ];
  lines.forEach(([name, value]) => value !== null && terminal.line(`${name.padEnd(12)}${value}`));
  if (one.description !== '') {
    terminal.line('');
    one.description.split('\n').forEach((line) => terminal.line(line));
  }
}

/** What is said after a change. */
export function oneLine({ number, status, subject, assignee }: CaseAnswer): string {
  const whose = assignee === null ? '' : `, ${assignee.name ?? 'somebody'}`;
  return `CASE-${number}  ${status}${whose}  ${fitted(subject, 60)}`;
}

function requesterOf({ requester }: CaseAnswer): string {
  return requester.name ?? requester.email ?? 'unknown';
}
