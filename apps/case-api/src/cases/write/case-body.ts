import {
  type AgentCalled,
  type CaseCalled,
  type CaseWish,
  CASE_TYPES,
  type GroupCalled,
  PARTICIPANT_ROLES,
  type ParticipantWish,
  PRIORITIES,
  type RequesterWish,
  type StatusCalled,
  STATUSES,
} from '#libs/case-domain';
import { normaliseEmailAddress } from '#libs/interaction';
import { comment } from '../../comments/comment-body.js';
import { listOf, objectOf } from '../../body/collections.js';
import {
  checked,
  described,
  type Field,
  inForms,
  nullable,
  readOnly,
  required,
  type Values,
} from '../../body/field.js';
import type { Place } from '../../body/place.js';
import { date, line, oneOf, text, truth } from '../../body/values.js';
import { customFields } from './custom-values.js';
import {
  type NoName,
  PHONE,
  readAgentCalled,
  readCaseCalled,
  readContactCalled,
  readGroupCalled,
  readStatusCalled,
} from './read-called.js';

const LONGEST_NAME = 330;
const LONGEST_TEXT = 65_536;

function called<Called extends object>(read: (text: string) => Called | NoName, words: string): Field<Called> {
  const field = checked(line({ max: LONGEST_NAME }), (value, place) => {
    const name = read(value);
    return 'detail' in name ? place.refuse(name.detail) : name;
  });
  return described(field, words);
}

export const caseCalled: Field<CaseCalled> = called(readCaseCalled, 'Id of a case, or `number:12`.');
export const agentCalled: Field<AgentCalled> = called(readAgentCalled, 'Id of an agent, or `email:ana@acme.example`.');
export const groupCalled: Field<GroupCalled> = called(readGroupCalled, 'Id of a group, or `name:Support`.');
export const statusCalled: Field<StatusCalled> = called(readStatusCalled, 'Id of a status, or `key:with_the_lab`.');
export const contactCalled = called(
  readContactCalled,
  'Id of a contact, `email:…`, `phone:…` or `external:hubspot:1246965`.',
);

const address = described(
  checked(
    line({ max: 320 }),
    (value, place) => normaliseEmailAddress(value) ?? place.refuse('Must be a mail address.'),
  ),
  'A mail address.',
  'rita@example.org',
);
const phone = described(
  checked(line({ max: 16 }), (value, place) =>
    PHONE.test(value) ? value : place.refuse('Must be a number as +351210000000.'),
  ),
  'A telephone number, E.164.',
  '+351210000000',
);

const REQUESTER = {
  contact_id: contactCalled,
  agent_id: agentCalled,
  email: address,
  phone,
  name: line({ max: 200 }),
  integration: checked(line({ max: 64 }), (value, place) =>
    value.includes(':') ? place.refuse('Must have no colon: it ends the name of the integration.') : value,
  ),
  external_id: line({ max: 255 }),
};

const requester: Field<RequesterWish> = described(
  inForms(checked(objectOf(REQUESTER), requesterWish), [
    ...[['contact_id'], ['agent_id'], ['email'], ['phone']],
    ['integration', 'external_id'],
  ]),
  'One of `{contact_id}`, `{agent_id}`, `{email, name}`, `{phone, name}` and `{integration, external_id}`.',
);

function requesterWish(given: Values<typeof REQUESTER>, place: Place): RequesterWish | undefined {
  const {
    contact_id: contact,
    agent_id: agent,
    email,
    phone: number,
    name = null,
    integration,
    external_id: external,
  } = given;
  const forms: RequesterWish[] = [
    ...(contact === undefined ? [] : [{ form: 'contact', contact } as const]),
    ...(agent === undefined ? [] : [{ form: 'agent', agent } as const]),
    ...(email === undefined ? [] : [{ form: 'email', value: email, name } as const]),
    ...(number === undefined ? [] : [{ form: 'phone', value: number, name } as const]),
    ...(integration === undefined || external === undefined
      ? []
      : [{ form: 'external', integration, externalId: external } as const]),
  ];
  const [form, ...others] = forms;
  if (form === undefined || others.length > 0) {
    return place.refuse('Must be one of {contact_id}, {agent_id}, {email}, {phone} and {integration, external_id}.');
  }
  return form;
}

const PARTICIPANT = {
  contact_id: contactCalled,
  agent_id: agentCalled,
  email: address,
  role: oneOf(PARTICIPANT_ROLES),
};

const participant: Field<ParticipantWish> = checked(objectOf(PARTICIPANT), (given, place) => {
  const { contact_id: contact, agent_id: agent, email, role = 'cc' } = given;
  const forms: ParticipantWish[] = [
    ...(contact === undefined ? [] : [{ form: 'contact', contact, role } as const]),
    ...(agent === undefined ? [] : [{ form: 'agent', agent, role } as const]),
    ...(email === undefined ? [] : [{ form: 'email', value: email, role } as const]),
  ];
  const [form, ...others] = forms;
  return form === undefined || others.length > 0
    ? place.refuse('Must be one of {contact_id}, {agent_id} and {email}, with a role.')
    : form;
});
export const participants = listOf(inForms(participant, [['contact_id'], ['agent_id'], ['email']]), { max: 48 });

const tag = checked(line({ max: 64 }), (value, place) =>
  /[\s,]/u.test(value) ? place.refuse('Must have neither blanks nor commas.') : value.toLowerCase(),
);
export const tags = checked(listOf(tag, { max: 50 }), (given) => [...new Set(given)]);

export const resolution = text({ max: LONGEST_TEXT });

/** What a request can make a case be. */
const WISH = {
  subject: line({ max: 150 }),
  description: text({ min: 0, max: LONGEST_TEXT }),
  status: described(oneOf(STATUSES), 'Nobody closes a case by hand: `closed` is refused.'),
  status_id: statusCalled,
  resolution: nullable(described(resolution, 'With `status: resolved` alone.')),
  priority: nullable(oneOf(PRIORITIES)),
  type: nullable(oneOf(CASE_TYPES)),
  due_on: nullable(described(date(), 'Of a task, and of nothing else.')),
  problem_id: nullable(caseCalled),
  parent_id: nullable(caseCalled),
  group_id: groupCalled,
  assignee_id: nullable(described(agentCalled, 'Null: nobody, and no strategy changes that.')),
  requester,
  participants,
  tags,
  custom_fields: customFields,
  exclude_from_auto_close: truth(),
};

const ANSWERED_ONLY = [
  ...['id', 'account_id', 'number', 'version', 'submitter', 'requester_match', 'supplied', 'via', 'endpoint_id'],
  ...['origin_interaction_id', 'root_case_id', 'merged_into_id', 'merged_into', 'auto_assign', 'legal_hold', 'group'],
  ...[
    'assignee',
    'status_label',
    'due_at',
    'due_time_zone',
    'overdue',
    'resolution_source',
    'resolved_at',
    'closed_at',
  ],
  ...['closed_reason', 'reopen_count', 'interaction_count', 'comment_count', 'first_response_at', 'last_requester_at'],
  ...['last_agent_at', 'created_at', 'updated_at', 'deleted_at', 'measures', 'parent', 'problem'],
];
const READ_ONLY = Object.fromEntries(ANSWERED_ONLY.map((name) => [name, readOnly()]));

export const CREATE_FIELDS = {
  ...READ_ONLY,
  ...WISH,
  subject: required(WISH.subject),
  source: described(oneOf(['api', 'agent']), '`api` unless told.'),
  follow_up_of_id: nullable(caseCalled),
  comment,
};
export const PATCH_FIELDS = { ...READ_ONLY, source: readOnly(), follow_up_of_id: readOnly(), ...WISH };

/** What was read of a body, as the rules take it. What has faults is not in it. */
export function wishOf(given: Values<typeof WISH>): CaseWish {
  const wish = {
    subject: given.subject,
    description: given.description,
    status: given.status,
    statusId: given.status_id,
    resolution: given.resolution,
    priority: given.priority,
    type: given.type,
    dueOn: given.due_on,
    problemId: given.problem_id,
    parentId: given.parent_id,
    groupId: given.group_id,
    assigneeId: given.assignee_id,
    requester: given.requester,
    participants: given.participants,
    tags: given.tags,
    customFields: given.custom_fields,
    excludeFromAutoClose: given.exclude_from_auto_close,
  };
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}
