import { rowsOf, type Queryable } from '../../queryable.js';

/** What uses a status. */
export interface StatusUses {
  /** It is what closed cases are given. */
  readonly closes: boolean;
  /** Cases have it, closed ones and those in the trash included. */
  readonly held: boolean;
  /** A case had it before. Nobody asked while something else uses it already. */
  readonly remembered: boolean;
}

/**
 * Whether anything uses a status, or did. Histories name statuses within their changes, where no index leads: this
 * reads those since the status was made, once in the life of a status.
 */
export async function findStatusUses(client: Queryable, accountId: string, id: string): Promise<StatusUses> {
  const [row] = await rowsOf<StatusUses>(client, {
    text: `
      select uses.*, not (closes or held) and exists (
        select 1
        from case_event e, case_status s
        where s.account_id = $1 and s.id = $2
          and e.account_id = $1 and e.recorded_at >= s.created_at and strpos(e.changes::text, $2::text) > 0
      ) as remembered
      from (
        select exists (select 1 from account where id = $1 and closed_status_id = $2) as closes,
          exists (select 1 from cases where account_id = $1 and status_id = $2) as held
      ) as uses`,
    values: [accountId, id],
  });
  return row ?? { closes: false, held: false, remembered: false };
}
