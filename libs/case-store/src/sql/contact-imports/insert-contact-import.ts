import type { Queryable } from '../../queryable.js';

/** An import that begins. */
export interface NewContactImport {
  readonly accountId: string;
  readonly id: string;
  readonly fileSha256: string;
  readonly settings: object;
  /** SHA-256 of the settings, in hex. */
  readonly settingsSha256: string;
  readonly startedAt: string;
}

/** Begins an import, unless one of the same file, read in the same way, is under way. */
export async function insertContactImport(client: Queryable, begun: NewContactImport): Promise<void> {
  await client.query({
    text: `
      insert into contact_import (account_id, id, file_sha256, settings, settings_sha256, started_at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (account_id, file_sha256, settings_sha256) where state = 'running' do nothing`,
    values: [
      begun.accountId,
      begun.id,
      begun.fileSha256,
      JSON.stringify(begun.settings),
      begun.settingsSha256,
      begun.startedAt,
    ],
  });
}
