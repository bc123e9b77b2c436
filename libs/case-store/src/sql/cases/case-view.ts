import type { CaseNames, ShownCase } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';
import { loadParticipants } from '../contacts/load-participants.js';
import { caseColumns } from './case-columns.js';
import { stateOfRow, type CaseRow } from './case-row.js';

/** What people know somebody by. */
interface PersonNames {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A case with the names that people know its status, group and people by. */
export interface CaseView extends ShownCase {
  readonly names: CaseNames & {
    readonly group: string | null;
    readonly assignee: PersonNames;
    readonly requester: PersonNames;
  };
}

interface NamedRow extends CaseRow {
  readonly status_label: string | null;
  readonly group_name: string | null;
  readonly assignee_name: string | null;
  readonly assignee_email: string | null;
  readonly requester_name: string | null;
  readonly requester_email: string | null;
  readonly requester_phone: string | null;
  readonly legal_hold: boolean;
}

/** The first address that a contact was known by, unless one is its primary; a shared one is not his alone. */
const addressOf = (kind: 'email' | 'phone'): string => `(
      select i.value from contact_identity i
      where i.account_id = c.account_id and i.contact_id = rc.id and i.kind = '${kind}' and i.is_held
      order by i.is_former, not i.is_primary, i.is_shared, i.first_seen, i.value limit 1
    )`;

/** `select … from <source> c` with the names beside; the source has all columns of `cases`. */
export const selectCasesFrom = (source: string): string => `
  select
    ${caseColumns('c.')},
    s.agent_label as status_label,
    g.name as group_name,
    a.name as assignee_name,
    a.email as assignee_email,
    coalesce(rc.name, ra.name) as requester_name,
    coalesce(ra.email, ${addressOf('email')}) as requester_email,
    ${addressOf('phone')} as requester_phone,
    exists (select 1 from legal_hold h where h.account_id = c.account_id and h.case_id = c.id) as legal_hold
  from ${source} c
  left join case_status s on s.account_id = c.account_id and s.id = c.status_id
  left join agent_group g on g.account_id = c.account_id and g.id = c.group_id
  left join agent a on a.account_id = c.account_id and a.id = c.assignee_id
  left join contact rc on c.requester_kind = 'contact' and rc.account_id = c.account_id and rc.id = c.requester_id
  left join agent ra on c.requester_kind = 'agent' and ra.account_id = c.account_id and ra.id = c.requester_id`;

/** Of all cases; the condition is appended. */
export const SELECT_CASES = selectCasesFrom('cases');

/** The views of rows of `SELECT_CASES`. Participants, whom few cases have, are looked up for all of them at once. */
export async function caseViewsOf(client: Queryable, accountId: string, rows: readonly object[]): Promise<CaseView[]> {
  const named = rows as readonly NamedRow[];
  const states = named.map(stateOfRow);
  const people = await loadParticipants(client, accountId, states);
  return named.map((row, index) => ({
    state: states[index] ?? stateOfRow(row),
    legalHold: row.legal_hold,
    names: namesOf(row, people),
  }));
}

function namesOf(row: NamedRow, people: CaseNames['people']): CaseView['names'] {
  return {
    statuses: row.status_label === null ? new Map() : new Map([[row.status_id, row.status_label]]),
    people,
    group: row.group_name,
    assignee: { name: row.assignee_name, email: row.assignee_email, phone: null },
    requester: { name: row.requester_name, email: row.requester_email, phone: row.requester_phone },
  };
}
