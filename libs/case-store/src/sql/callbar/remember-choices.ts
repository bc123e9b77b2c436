import type { ContactChoice } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Keeps whom agents chose for numbers: of each number the last one by when it was pressed. */
export async function rememberChoices(
  client: Queryable,
  accountId: string,
  choices: readonly ContactChoice[],
): Promise<void> {
  const latest = new Map<string, ContactChoice>();
  for (const choice of choices) {
    const known = latest.get(choice.number);
    if (known === undefined || known.at <= choice.at) {
      latest.set(choice.number, choice);
    }
  }
  const rows = [...latest.values()];
  await client.query({
    name: 'remember_choices',
    text: `
      insert into contact_choice as c (account_id, number, contact_id, agent_id, event_id, at)
      select $1, number, contact_id, agent_id, event_id, at
      from unnest($2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[])
        as given (number, contact_id, agent_id, event_id, at)
      order by number
      on conflict (account_id, number) do update
      set contact_id = excluded.contact_id, agent_id = excluded.agent_id, event_id = excluded.event_id, at = excluded.at
      where (c.at, c.event_id) <= (excluded.at, excluded.event_id)`,
    values: [
      accountId,
      textArray(rows.map(({ number }) => number)),
      plainArray(rows.map(({ contactId }) => contactId)),
      plainArray(rows.map(({ agentId }) => agentId)),
      plainArray(rows.map(({ eventId }) => eventId)),
      plainArray(rows.map(({ at }) => at)),
    ],
  });
}
