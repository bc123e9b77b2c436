import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Pool } from 'pg';
import { loadContactImportRows } from '#libs/case-store';
import { reportLine } from '#libs/contact-import';

/** What became of one row. */
export interface ReportRow {
  readonly row: number;
  readonly line: number;
  readonly outcome: string | null;
  readonly contactId: string | null;
  readonly field: string | null;
  readonly reason: string | null;
}

const HEADING = reportLine(['row', 'line', 'outcome', 'contact_id', 'field', 'reason']);
const PAGE = 5000;

/** Writes a report; whoever looks at the path sees the whole of it or none. */
export async function writeReport(path: string, pages: AsyncIterable<readonly ReportRow[]>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await writePages(file, pages);
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writePages(file: FileHandle, pages: AsyncIterable<readonly ReportRow[]>): Promise<void> {
  await file.appendFile(HEADING);
  for await (const rows of pages) {
    const lines = rows.map(({ row, line, outcome, contactId, field, reason }) =>
      reportLine([row, line, outcome, contactId, field, reason]),
    );
    await file.appendFile(lines.join(''));
  }
}

/** Every row of an import, page by page. */
export async function* rowsOfImport(
  pool: Pool,
  name: { readonly accountId: string; readonly importId: string },
): AsyncGenerator<readonly ReportRow[]> {
  let after = 0;
  for (;;) {
    const rows = await loadContactImportRows(pool, name, { after, limit: PAGE });
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    yield rows;
    after = last.row;
  }
}
