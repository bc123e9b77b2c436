import type { ChangeCommand } from '#libs/case-domain';
import { listOf } from '../../body/collections.js';
import { checked, type Field, type Fields, required } from '../../body/field.js';
import type { Fault } from '../../body/place.js';
import type { ReadBody } from '../../body/read-body.js';
import { text, truth, uuid } from '../../body/values.js';
import { comment } from '../../comments/comment-body.js';
import {
  agentCalled,
  caseCalled,
  groupCalled,
  participants,
  PATCH_FIELDS,
  resolution,
  statusCalled,
  tags,
  wishOf,
} from './case-body.js';
import { customFields } from './custom-values.js';

/** What a command says beside who gives it, and about which case. */
type Said<Command> = Command extends unknown ? Omit<Command, 'asker' | 'expected' | 'target'> : never;
export type SaidCommand = Said<ChangeCommand>;

/** How a body says a command. */
export interface CommandForm<Of extends Fields> {
  readonly fields: Of;
  readonly saidBy: (given: ReadBody<Of>) => SaidCommand;
}

/** Every command takes a comment beside. */
function formOf<Of extends Fields>(
  fields: Of,
  saidBy: CommandForm<Of & Commented>['saidBy'],
): CommandForm<Of & Commented> {
  return { fields: { ...fields, comment }, saidBy };
}

/** What somebody says with a command. */
export interface Commented {
  readonly [name: string]: Field<unknown>;
  readonly comment: typeof comment;
}

export const UPDATE = formOf(PATCH_FIELDS, ({ value, faults }) => {
  return { command: 'update', wish: wishOf(value), faults };
});

export const ASSIGN = formOf(
  { assignee_id: agentCalled, group_id: groupCalled, auto: truth() },
  ({ value, faults }) => ({
    command: 'assign',
    assignee: value.assignee_id ?? 'auto',
    group: value.group_id ?? null,
    faults: [...faults, ...unclear(value.assignee_id !== undefined, value.auto === true, faults)],
  }),
);

/** Neither an assignee nor `auto`, or both. */
function unclear(named: boolean, auto: boolean, faults: readonly Fault[]): Fault[] {
  const detail = 'Name an assignee, or say auto, and not both.';
  const told = faults.some(({ pointer }) => pointer === '/assignee_id' || pointer === '/auto');
  return named === auto && !told ? [{ pointer: '/assignee_id', code: 'field-required', detail }] : [];
}

export const RESOLVE = formOf(
  { resolution, status_id: statusCalled, custom_fields: customFields },
  ({ value, faults }) => ({
    command: 'resolve',
    resolution: value.resolution ?? null,
    status: value.status_id ?? null,
    customFields: value.custom_fields ?? {},
    faults,
  }),
);

export const REOPEN = formOf({ status_id: statusCalled, assignee_id: agentCalled }, ({ value, faults }) => ({
  command: 'reopen',
  status: value.status_id ?? null,
  assignee: value.assignee_id ?? null,
  faults,
}));

const MERGE_FIELDS = {
  source_ids: required(
    checked(listOf(caseCalled, { max: 50 }), (given, place) =>
      given.length === 0 ? place.refuse('Must have 1 to 50 items.') : given,
    ),
  ),
  confirm_cross_requester: truth(),
  add_participants: truth(),
};
export const MERGE = formOf(MERGE_FIELDS, ({ value, faults }) => ({
  command: 'merge',
  sources: value.source_ids ?? [],
  confirmCrossRequester: value.confirm_cross_requester ?? false,
  addParticipants: value.add_participants ?? false,
  faults,
}));

export const ATTACH = formOf({ attachment_ids: required(listOf(uuid(), { max: 20 })) }, ({ value, faults }) => ({
  command: 'attach',
  attachmentIds: [...new Set(value.attachment_ids ?? [])],
  faults,
}));

export const TAGS = formOf({ add: tags, remove: tags }, ({ value: { add = [], remove = [] }, faults }) => {
  return { command: 'tags', add, remove, faults };
});

export const PARTICIPANTS = formOf(
  { add: participants, remove: participants },
  ({ value: { add = [], remove = [] }, faults }) => ({ command: 'participants', add, remove, faults }),
);

const HOLD_FIELDS = { on: required(truth()), reason: required(text({ max: 1000 })) };
export const LEGAL_HOLD = formOf(HOLD_FIELDS, ({ value: { on = false, reason = '' }, faults }) => {
  return { command: 'legal_hold', on, reason, faults };
});

/** Commands that say all by their names. */
const bare = (command: 'unassign' | 'delete' | 'restore' | 'purge') =>
  formOf({}, ({ faults }) => ({ command, faults }));
export const UNASSIGN = bare('unassign');
export const DELETE = bare('delete');
export const RESTORE = bare('restore');
export const PURGE = bare('purge');
