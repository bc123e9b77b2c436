import type { Pool } from 'pg';
import { advanceContactImport, insertContactImportRows } from '#libs/case-store';
import { type ContactRow, factOfRow, type RowContext } from '#libs/contact-import';
import { contactConversationKey, contactFactRecord, headerSafe } from '#libs/interaction';
import type { EventLog, OutgoingRecord } from '#libs/messaging';

/** Rows that become durable at once. */
const BATCH_ROWS = 1000;

/** Where rows go, and what is told of the way. */
export interface Sending {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'publish'>;
  readonly importId: string;
  readonly context: RowContext;
  /** Rows that an earlier run has made durable. */
  readonly durableRows: number;
  readonly signal: AbortSignal;
  /** After each batch: the row up to which all is durable. */
  readonly moved: (durableRows: number) => void;
}

/**
 * Makes every row durable, from the place on, and returns how many rows the file has; null when it was interrupted, at the end of a
 * batch. Each batch:
 *
 * 1. note its rows, with what is refused and which facts were decided before
 * 2. publish the facts of the others
 * 3. move the place
 *
 * Killed after 1 or 2, the next run does the batch again: the rows are noted, the facts have the same ids.
 */
export async function sendRows(batches: AsyncIterable<ContactRow[]>, sending: Sending): Promise<number | null> {
  const { pool, importId, context, durableRows, signal } = sending;
  let rows: ContactRow[] = [];
  let last = 0;
  for await (const some of batches) {
    last = some.at(-1)?.row ?? last;
    rows.push(...(last > durableRows ? some.filter(({ row }) => row > durableRows) : []));
    while (rows.length >= BATCH_ROWS) {
      if (signal.aborted) {
        return null;
      }
      await sendBatch(rows.slice(0, BATCH_ROWS), sending);
      rows = rows.slice(BATCH_ROWS);
    }
  }
  if (signal.aborted) {
    return null;
  }
  await sendBatch(rows, sending);
  await advanceContactImport(pool, { accountId: context.accountId, importId, durableRows: last, allRows: last });
  return last;
}

async function sendBatch(rows: readonly ContactRow[], sending: Sending): Promise<void> {
  const { pool, log, importId, context, moved } = sending;
  const last = rows.at(-1);
  if (last === undefined) {
    return;
  }
  const { accountId } = context;
  const records: OutgoingRecord[] = [];
  const noted = rows.map((row) => {
    const made = factOfRow(row, context);
    if (made.ok) {
      records.push(inOrder(contactFactRecord(made.fact), context));
    }
    const [factId, field, reason] = made.ok ? [made.fact.id, null, null] : [null, made.field, made.reason];
    return { row: row.row, line: row.line, factId, field, reason };
  });
  await insertContactImportRows(pool, { accountId, importId }, noted);
  await log.publish(records);
  await advanceContactImport(pool, { accountId, importId, durableRows: last.row, allRows: null });
  moved(last.row);
}

/** Rows of one file are decided in its order: of two that mean one contact the first makes it, whatever they know of it. */
function inOrder(record: OutgoingRecord, { accountId, fileSha256 }: RowContext): OutgoingRecord {
  const key = contactConversationKey(accountId, `import:${fileSha256}`);
  return { ...record, key, headers: { ...record.headers, ce_partitionkey: headerSafe(key) } };
}
