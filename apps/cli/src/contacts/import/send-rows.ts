import { setImmediate as afterAnswers } from 'node:timers/promises';
import type { Pool } from 'pg';
import { advanceContactImport, insertContactImportRows, type NewContactImportRow } from '#libs/case-store';
import { type ContactRow, factOfRow, type RowContext } from '#libs/contact-import';
import { contactConversationKey, contactFactRecord, headerSafe } from '#libs/interaction';
import type { EventLog, OutgoingRecord } from '#libs/messaging';

/** Rows that become durable at once. */
const BATCH_ROWS = 1000;
/** Rows that are read between two looks at what the database has answered: some milliseconds. */
const ROWS_AT_A_STRETCH = 50;

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
 * batch. While a batch becomes durable, the next one is read. Each batch:
 *
 * 1. read its rows: facts, or why they are none
 * 2. note its rows, with what is refused and which facts were decided before
 * 3. publish the facts of the others
 * 4. move the place
 *
 * Killed after 2 or 3, the next run does the batch again: the rows are noted, the facts have the same ids.
 */
export async function sendRows(batches: AsyncIterable<ContactRow[]>, sending: Sending): Promise<number | null> {
  const { pool, importId, context, durableRows, signal } = sending;
  let rows: ContactRow[] = [];
  let last = 0;
  let before: Promise<void> = Promise.resolve();
  const send = async (some: readonly ContactRow[]): Promise<void> => {
    const batch = await readBatch(some, context);
    await before;
    before = makeDurable(batch, sending);
    // Who waits for it comes later, when the next batch is read: until then its failure is nobody's.
    before.catch(() => undefined);
  };
  for await (const some of batches) {
    last = some.at(-1)?.row ?? last;
    rows.push(...(last > durableRows ? some.filter(({ row }) => row > durableRows) : []));
    while (rows.length >= BATCH_ROWS && !signal.aborted) {
      await send(rows.slice(0, BATCH_ROWS));
      rows = rows.slice(BATCH_ROWS);
    }
    if (signal.aborted) {
      break;
    }
  }
  if (!signal.aborted) {
    await send(rows);
  }
  await before;
  if (signal.aborted) {
    return null;
  }
  await advanceContactImport(pool, { accountId: context.accountId, importId, durableRows: last, allRows: last });
  return last;
}

/** Rows that were read, and the records of those that say something. */
interface Batch {
  readonly noted: readonly NewContactImportRow[];
  readonly records: readonly OutgoingRecord[];
}

async function readBatch(rows: readonly ContactRow[], context: RowContext): Promise<Batch> {
  const noted: NewContactImportRow[] = [];
  const records: OutgoingRecord[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_AT_A_STRETCH === 0) {
      await afterAnswers();
    }
    const made = factOfRow(row, context);
    if (made.ok) {
      records.push(inOrder(contactFactRecord(made.fact), context));
    }
    const [factId, field, reason] = made.ok ? [made.fact.id, null, null] : [null, made.field, made.reason];
    noted.push({ row: row.row, line: row.line, factId, field, reason });
  }
  return { noted, records };
}

async function makeDurable({ noted, records }: Batch, sending: Sending): Promise<void> {
  const { pool, log, importId, context, moved } = sending;
  const last = noted.at(-1);
  if (last === undefined) {
    return;
  }
  const { accountId } = context;
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
