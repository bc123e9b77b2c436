import { CATEGORIES, type Category } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

const LABELS: Readonly<Record<Category, { readonly agent: string; readonly requester: string }>> = {
  new: { agent: 'New', requester: 'Received' },
  open: { agent: 'Open', requester: 'In progress' },
  pending: { agent: 'Pending', requester: 'Waiting for your reply' },
  on_hold: { agent: 'On hold', requester: 'On hold' },
  resolved: { agent: 'Resolved', requester: 'Resolved' },
};

/** Gives the account one default status per category; statuses that exist stay as people have made them. */
export async function seedStatuses(client: Queryable, accountId: string): Promise<void> {
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
      CATEGORIES.map((category) => declaredId(accountId, 'status', category)),
      CATEGORIES,
      CATEGORIES.map((category) => LABELS[category].agent),
      CATEGORIES.map((category) => LABELS[category].requester),
    ],
  });
}
