import { type ContactRow, factOfRow, type RowContext } from '#libs/contact-import';
import type { CommandContext, ExitCode } from '../../context.js';
import { type ReportRow, writeReport } from './write-report.js';

/** Reasons that are told of at once; a report has them all. */
const MOST_TOLD = 10;

/** Reads and checks every row, and changes nothing. 0 when each would be taken, else 3. */
export async function dryRun(
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  batches: AsyncIterable<ContactRow[]>,
  context: RowContext,
  report: string | null,
): Promise<ExitCode> {
  let taken = 0;
  let refused = 0;
  async function* checked(): AsyncGenerator<readonly ReportRow[]> {
    for await (const rows of batches) {
      signal.throwIfAborted();
      yield rows.map((row) => {
        const made = factOfRow(row, context);
        taken += made.ok ? 1 : 0;
        refused += made.ok ? 0 : 1;
        const [field, reason] = made.ok ? [null, null] : [made.field, made.reason];
        if (!made.ok && refused <= MOST_TOLD) {
          terminal.line(`Row ${row.row}, line ${row.line}: ${sentence(made.field, made.reason)}`);
        }
        return {
          row: row.row,
          line: row.line,
          outcome: made.ok ? 'accepted' : 'refused',
          contactId: null,
          field,
          reason,
        };
      });
    }
  }
  await (report === null ? drained(checked()) : writeReport(report, checked()));
  if (refused > MOST_TOLD && report === null) {
    terminal.line(`… and ${refused - MOST_TOLD} more: --report lists them all`);
  }
  terminal.line(`${taken + refused} rows: ${taken} would be taken, ${refused} refused. Nothing was changed.`);
  return refused === 0 ? 0 : 3;
}

function sentence(field: string | null, reason: string): string {
  return field === null ? reason : `${field} ${reason}`;
}

async function drained(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _page of pages) {
    // Counting is all that is wanted.
  }
}
