import { rowsOf, type Queryable } from '../../queryable.js';

/** Whom an agent chose for the number last. */
export interface ChoiceRow {
  readonly contactId: string;
  readonly agentId: string;
  readonly at: Date;
}

/** Null: nobody was chosen, or who was is gone. */
export async function findChoice(client: Queryable, accountId: string, number: string): Promise<ChoiceRow | null> {
  const [found] = await rowsOf<ChoiceRow>(client, {
    name: 'find_contact_choice',
    text: `
      select surviving_contact($1, p.contact_id) as "contactId", p.agent_id as "agentId", p.at
      from contact_choice p
      join contact c on c.account_id = $1 and c.id = surviving_contact($1, p.contact_id) and c.deleted_at is null
      where p.account_id = $1 and p.number = $2`,
    values: [accountId, number],
  });
  return found ?? null;
}
