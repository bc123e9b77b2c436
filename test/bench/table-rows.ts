/** Tables that case-builder writes, in an order in which their rows can be written again. */
export const WRITTEN_TABLES = [
  'contact',
  'contact_identity',
  'cases',
  'interaction',
  'fact',
  'thread_key',
  'case_event',
  'case_link',
  'outbox',
] as const;
export type WrittenTable = (typeof WRITTEN_TABLES)[number];

/** A moment, as a transaction id: rows of later transactions are newer. */
export type Mark = string;

/** Rows of one table, cut into batches. */
export interface TableRows {
  readonly table: WrittenTable;
  readonly rows: number;
  readonly statement: string;
  /** By batch, the executions of the statement: one array literal per column, or one row with its bytes as they are. */
  readonly batches: readonly (readonly (readonly unknown[])[])[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
}
