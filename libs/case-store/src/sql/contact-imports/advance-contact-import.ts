import type { Queryable } from '../../queryable.js';

/** Where an import is. `allRows` is told when the file was read to its end. */
export interface ContactImportPlace {
  readonly accountId: string;
  readonly importId: string;
  readonly durableRows: number;
  readonly allRows: number | null;
}

/** Moves the place of an import, never back. */
export async function advanceContactImport(client: Queryable, place: ContactImportPlace): Promise<void> {
  await client.query({
    name: 'advance-contact-import',
    text: `
      update contact_import
         set durable_rows = greatest(durable_rows, $3), all_rows = coalesce($4, all_rows)
       where account_id = $1 and id = $2`,
    values: [place.accountId, place.importId, place.durableRows, place.allRows],
  });
}
