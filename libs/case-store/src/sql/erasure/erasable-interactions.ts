import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Who is erased, as rows name her. */
export interface ErasedPerson {
  readonly accountId: string;
  /** The contact and all that live on in it. */
  readonly contactIds: readonly string[];
  /** `kind:value`. */
  readonly identities: readonly string[];
}

export interface ErasableInteraction {
  readonly id: string;
  readonly caseId: string | null;
  /** SHA-256 of what it refers to in the blob store. */
  readonly contents: readonly string[];
}

/**
 * Interactions of a person that nobody has erased, in the order of their ids behind `after`: what she said and what was
 * said to her, and all of her cases but what another contact said there. All rows of the account are read once.
 */
export async function listErasableInteractions(
  client: Queryable,
  { accountId, contactIds, identities }: ErasedPerson,
  after: string | null,
  limit: number,
): Promise<ErasableInteraction[]> {
  return rowsOf<ErasableInteraction>(client, {
    name: 'list_erasable_interactions',
    text: `
      select i.id, i.case_id as "caseId", array(
        select distinct found[1] from regexp_matches(i.payload::text, '"sha256":"([0-9a-f]{64})"', 'g') as found
      ) as contents
      from interaction i
      left join cases c on c.account_id = i.account_id and c.id = i.case_id
      where i.account_id = $1 and ($2::uuid is null or i.id > $2) and i.outcome <> 'erased'
        and not (
          i.redaction is not null and i.redaction #>> '{by,kind}' = 'system' and i.redaction ->> 'reason' = 'erasure'
        )
        and (
          i.sender = any ($4::text[]) or i.spoken_with = any ($4::text[])
          or c.requester_kind = 'contact' and c.requester_id = any ($3::uuid[]) and (
            i.direction <> 'inbound' or not exists (
              select 1 from contact_identity k
              where k.account_id = i.account_id and k.kind || ':' || k.value = i.sender and k.contact_id <> all ($3::uuid[])
            )
          )
        )
      order by i.id
      limit $5`,
    values: [accountId, after, plainArray(contactIds), textArray(identities), limit],
  });
}
