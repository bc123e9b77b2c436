import type { CaseState } from '#libs/case-domain';
import { caseColumns } from './case-columns.js';
import { stateOfRow, type CaseRow } from './case-row.js';

/** A case with the names that people know its status, group and people by. */
export interface CaseView {
  readonly state: CaseState;
  readonly names: {
    readonly statusKey: string | null;
    readonly status: string | null;
    readonly group: string | null;
    readonly assignee: string | null;
    readonly requester: string | null;
  };
}

interface NamedRow extends CaseRow {
  readonly status_key: string | null;
  readonly status_label: string | null;
  readonly group_name: string | null;
  readonly assignee_name: string | null;
  readonly requester_name: string | null;
}

/** `select … from cases c` with the names beside; the condition is appended. */
export const SELECT_CASES = `
  select
    ${caseColumns('c.')},
    s.key as status_key,
    s.agent_label as status_label,
    g.name as group_name,
    a.name as assignee_name,
    coalesce(rc.name, ra.name) as requester_name
  from cases c
  left join case_status s on s.account_id = c.account_id and s.id = c.status_id
  left join agent_group g on g.account_id = c.account_id and g.id = c.group_id
  left join agent a on a.account_id = c.account_id and a.id = c.assignee_id
  left join contact rc on c.requester_kind = 'contact' and rc.account_id = c.account_id and rc.id = c.requester_id
  left join agent ra on c.requester_kind = 'agent' and ra.account_id = c.account_id and ra.id = c.requester_id`;

export function caseViewOf(row: object): CaseView {
  const named = row as NamedRow;
  return {
    state: stateOfRow(named),
    names: {
      statusKey: named.status_key,
      status: named.status_label,
      group: named.group_name,
      assignee: named.assignee_name,
      requester: named.requester_name,
    },
  };
}
