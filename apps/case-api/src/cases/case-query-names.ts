import type { AgentCalled, CaseCalled, ContactCalled, GroupCalled, StatusCalled } from '#libs/case-domain';
import { type CalledThings, type CaseFilter, findCalled, type Queryable } from '#libs/case-store';
import type { QueryReader } from '../query/query-reader.js';
import {
  readAgentCalled,
  readCaseCalled,
  readContactCalled,
  readGroupCalled,
  readStatusCalled,
} from './write/read-called.js';

/** What a list of cases is narrowed by that has names; absent ones do not narrow. */
export interface CaseNames {
  readonly groupIds?: readonly GroupCalled[];
  readonly assigneeIds?: readonly AgentCalled[];
  readonly statusIds?: readonly StatusCalled[];
  readonly requesterIds?: readonly ContactCalled[];
  readonly problemIds?: readonly CaseCalled[];
  readonly parentIds?: readonly CaseCalled[];
}

type NamedField = keyof CaseNames;

/** Parameters that take names beside ids. */
export const NAMED_THINGS = [
  { field: 'groupIds', parameter: 'group_id', noun: 'group', code: 'unknown-group', names: 'name:Support' },
  {
    field: 'assigneeIds',
    parameter: 'assignee_id',
    noun: 'agent',
    code: 'unknown-agent',
    names: 'email:ana@acme.example',
  },
  { field: 'statusIds', parameter: 'status_id', noun: 'status', code: 'unknown-status', names: 'key:with_the_lab' },
  {
    field: 'requesterIds',
    parameter: 'requester_id',
    noun: 'requester',
    code: 'unknown-contact',
    names: 'email:rita@example.org, phone:+351210000000, external:hubspot:1246965',
  },
  { field: 'problemIds', parameter: 'problem_id', noun: 'case', code: 'unknown-case', names: 'number:12' },
  { field: 'parentIds', parameter: 'parent_id', noun: 'case', code: 'unknown-case', names: 'number:12' },
] as const satisfies readonly {
  readonly field: NamedField;
  readonly parameter: string;
  readonly noun: CalledThings['noun'];
  readonly code: string;
  readonly names: string;
}[];

export const UNKNOWN_NAMES = [...new Set(NAMED_THINGS.map(({ code }) => code))];

export function readCaseNames(reader: QueryReader): CaseNames {
  return {
    groupIds: reader.named('group_id', readGroupCalled),
    assigneeIds: reader.named('assignee_id', readAgentCalled),
    statusIds: reader.named('status_id', readStatusCalled),
    // A plus sign that nobody encoded arrives as a blank.
    requesterIds: reader.named('requester_id', (text) => readContactCalled(text.replace(/^phone: /, 'phone:+'))),
    problemIds: reader.named('problem_id', readCaseCalled),
    parentIds: reader.named('parent_id', readCaseCalled),
  };
}

/** What the names narrow a list to. The reader is told of those that lead to nothing. */
export async function narrowByNames(
  client: Queryable,
  accountId: string,
  names: CaseNames,
  reader: QueryReader,
): Promise<CaseFilter> {
  const narrowed: { [Field in NamedField]?: readonly string[] } = {};
  for (const { field, parameter, noun, code } of NAMED_THINGS) {
    const called = names[field];
    if (called !== undefined) {
      const { ids, unknown } = await findCalled(client, accountId, { noun, called } as CalledThings);
      unknown.forEach((name) => reader.refuse(parameter, `Nothing in the account is called ${name}.`, code));
      narrowed[field] = ids;
    }
  }
  return narrowed;
}
