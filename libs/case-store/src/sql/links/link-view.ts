import type { Actor, LinkKind } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { CaseMention } from '../families/load-survivor.js';

/** A link as one of the two cases shows it. */
export interface LinkView {
  readonly id: string;
  readonly kind: LinkKind;
  /** `to`: it leads from this case to the other one. */
  readonly direction: 'from' | 'to';
  readonly createdAt: Date;
  /** Null: it follows from a rule. */
  readonly createdBy: Actor | null;
  readonly createdByName: string | null;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  /** The other case. */
  readonly linked: CaseMention & { readonly isInTrash: boolean };
}

interface LinkRow extends Omit<LinkView, 'linked'>, Omit<LinkView['linked'], 'id'> {
  readonly linkedId: string;
}

/** Links on one side of a case, of which the other end is there; one that was purged is no end any more. */
const linksOn = (own: 'from' | 'to', other: 'from' | 'to', direction: LinkView['direction']): string => `(
      select l.id, l.kind, '${direction}' as direction, l.created_at, l.created_by, l.on_behalf_of, l.${other}_case_id as linked_id
      from case_link l
      join cases e on e.account_id = l.account_id and e.id = l.${other}_case_id
      where l.account_id = $1 and l.${own}_case_id = $2
        and ($3::uuid is null or l.id = $3) and ($4::uuid is null or l.id > $4)
      order by l.id
      limit $5
    )`;

const SELECT_LINKS = `
    select l.id, l.kind, l.direction, l.created_at as "createdAt", l.created_by as "createdBy",
      coalesce(a.name, k.name) as "createdByName", l.on_behalf_of as "onBehalfOf", b.name as "onBehalfOfName",
      c.id as "linkedId", c.number, c.subject, c.category, c.closed_at as "closedAt",
      c.deleted_at is not null as "isInTrash"
    from (${linksOn('from', 'to', 'to')} union all ${linksOn('to', 'from', 'from')}) l
    join cases c on c.account_id = $1 and c.id = l.linked_id
    left join agent a on a.account_id = $1 and l.created_by ->> 'kind' = 'agent' and a.id::text = l.created_by ->> 'id'
    left join api_client k on k.account_id = $1 and l.created_by ->> 'kind' = 'app' and k.id::text = l.created_by ->> 'id'
    left join agent b on b.account_id = $1 and b.id = l.on_behalf_of
    order by l.id
    limit $5`;

/** The links of a case, oldest first: their ids ascend with the time at which they were made. */
export async function listCaseLinks(
  client: Queryable,
  accountId: string,
  caseId: string,
  { limit, afterId }: { readonly limit: number; readonly afterId: string | null },
): Promise<LinkView[]> {
  const values = [accountId, caseId, null, afterId, limit];
  return (await rowsOf<LinkRow>(client, { name: 'list_case_links', text: SELECT_LINKS, values })).map(viewOf);
}

/** One link of a case; null when it has none of that id. */
export async function loadCaseLink(
  client: Queryable,
  accountId: string,
  caseId: string,
  id: string,
): Promise<LinkView | null> {
  const values = [accountId, caseId, id, null, 1];
  const [row] = await rowsOf<LinkRow>(client, { name: 'load_case_link', text: SELECT_LINKS, values });
  return row === undefined ? null : viewOf(row);
}

function viewOf({ linkedId, number, subject, category, closedAt, isInTrash, ...link }: LinkRow): LinkView {
  return { ...link, linked: { id: linkedId, number, subject, category, closedAt, isInTrash } };
}
