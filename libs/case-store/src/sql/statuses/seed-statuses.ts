import type { Category } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

/** The default status of a category. */
export interface SeededStatus {
  readonly category: Category;
  readonly agentLabel: string;
  readonly requesterLabel: string;
}

/** Gives the account one default status per category; statuses that exist stay as people have made them. */
export async function seedStatuses(
  client: Queryable,
  accountId: string,
  statuses: readonly SeededStatus[],
): Promise<void> {
  await client.query({
    text: `
      insert into case_status (account_id, id, key, agent_label, requester_label, category, is_default, position)
      select $1, given.id, given.key, given.agent_label, given.requester_label, given.key, true, given.position
      from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality
        as given (id, key, agent_label, requester_label, position)
      where not exists (
        select 1 from case_status s where s.account_id = $1 and s.category = given.key and s.is_default
      )
      on conflict do nothing`,
    values: [
      accountId,
      statuses.map(({ category }) => declaredId(accountId, 'status', category)),
      statuses.map(({ category }) => category),
      statuses.map(({ agentLabel }) => agentLabel),
      statuses.map(({ requesterLabel }) => requesterLabel),
    ],
  });
}
