import type { Connection } from '#libs/runtime';
import type { CaseRow } from './case-table.js';

/** What the table needs of a case resource. */
interface CaseResource {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly requester: { readonly name: string | null };
  readonly supplied: { readonly email: string | null; readonly phone: string | null };
  readonly group: { readonly name: string | null };
  readonly assignee: { readonly name: string | null } | null;
  readonly interaction_count: number;
}

interface CasePage {
  readonly data: readonly CaseResource[];
  readonly page: { readonly next_cursor: string | null };
}

/** Most cases that a terminal is filled with; the rest is one request away. */
const MOST_ROWS = 40;

/** Reads the newest cases over the Case API, as any client would, oldest of them first. */
export async function readCases({ httpUrl, apiKey }: Connection): Promise<{ rows: CaseRow[]; more: boolean }> {
  const response = await fetch(`${httpUrl}/v1/cases?limit=${MOST_ROWS}`, {
    headers: { authorization: `Bearer ${apiKey ?? ''}` },
  });
  if (!response.ok) {
    throw new Error(`The Case API answered ${response.status}: ${await response.text()}`);
  }
  const { data, page } = (await response.json()) as CasePage;
  const rows = data.map((found) => rowOf(found, httpUrl)).reverse();
  return { rows, more: page.next_cursor !== null };
}

function rowOf(found: CaseResource, httpUrl: string): CaseRow {
  return {
    number: `CASE-${found.number}`,
    status: found.status,
    subject: found.subject,
    requester: found.requester.name ?? found.supplied.email ?? found.supplied.phone ?? '',
    group: found.group.name ?? '',
    assignee: found.assignee?.name ?? '',
    interactions: found.interaction_count,
    url: `${httpUrl}/v1/cases/${found.id}`,
  };
}
