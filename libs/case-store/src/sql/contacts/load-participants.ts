import { type CaseState, type KnownPerson, type Participant, participantOf } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

interface PersonRow extends KnownPerson {
  readonly named: string;
}

/** One person a name: an address that several contacts share names none of them. */
const TEXT = `
  with given as (select * from unnest($2::text[], $3::text[]) as given (kind, value))
  select g.kind || ':' || g.value as named, 'contact' as kind, c.id, c.name,
    case g.kind when 'email' then g.value end as email
  from given g
  join contact_identity i on i.account_id = $1 and i.kind = g.kind and i.value = g.value and not i.is_shared
    and i.is_held
  join contact c on c.account_id = $1 and c.id = surviving_contact($1, i.contact_id) and c.deleted_at is null
  where g.kind in ('email', 'phone')
  union all
  select g.kind || ':' || g.value, 'contact', c.id, c.name, (
    select i.value from contact_identity i
    where i.account_id = $1 and i.contact_id = c.id and i.kind = 'email' and i.is_held
    order by i.is_former, not i.is_primary, i.first_seen, i.value limit 1
  )
  from given g
  join contact c on c.account_id = $1 and c.id = case g.kind when 'contact' then g.value::uuid end
  where c.deleted_at is null
  union all
  select g.kind || ':' || g.value, 'agent', a.id, a.name, a.email
  from given g
  join agent a on a.account_id = $1 and a.id = case g.kind when 'agent' then g.value::uuid end`;

/** Who is known as a participant of the cases, by `kind:value`; asks nothing when they have none. */
export async function loadParticipants(
  client: Queryable,
  accountId: string,
  states: readonly Pick<CaseState, 'participants'>[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const named = new Map<string, Participant>();
  for (const text of states.flatMap((state) => state.participants)) {
    const participant = participantOf(text);
    named.set(`${participant.kind}:${participant.value}`, participant);
  }
  if (named.size === 0) {
    return NOBODY;
  }
  const names = [...named.values()];
  const rows = await rowsOf<PersonRow>(client, {
    name: 'load_participants',
    text: TEXT,
    values: [accountId, plainArray(names.map(({ kind }) => kind)), textArray(names.map(({ value }) => value))],
  });
  return new Map(rows.map(({ named: key, ...person }) => [key, person]));
}

const NOBODY: ReadonlyMap<string, KnownPerson> = new Map();
