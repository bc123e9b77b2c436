export type ContactImportState = 'running' | 'completed' | 'completed_with_errors';

/** An import of contacts from a file, and how far it is. */
export interface ContactImport {
  readonly id: string;
  readonly fileSha256: string;
  /** How the file is read, as the importer wrote it. */
  readonly settings: unknown;
  readonly state: ContactImportState;
  /** Every row up to this one is durable in the log, or refused. */
  readonly durableRows: number;
  /** Null until the file was read to its end. */
  readonly allRows: number | null;
  readonly startedAt: Date;
}

/** The columns of a `ContactImport`. */
export const CONTACT_IMPORT_COLUMNS = `
  id, file_sha256 as "fileSha256", settings, state, durable_rows::float8 as "durableRows", all_rows::float8 as "allRows",
  started_at as "startedAt"`;
