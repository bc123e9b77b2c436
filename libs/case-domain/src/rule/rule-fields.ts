import { CALL_OUTCOMES, CASE_SOURCES, CHANNELS, DIRECTIONS, isHoliday, isWorkingAt, WEEKDAYS } from '#libs/interaction';
import { CASE_TYPES, PRIORITIES } from '../case/case-state.js';
import type { FieldDefinition } from '../condition/condition.js';
import { priorityFor, tagsOf, typeFor } from '../new-case/facts-of-case.js';
import { wordsFor } from '../new-case/words.js';
import { endpointOf } from '../people/endpoint.js';
import { hoursOf, isKnownRequester, kindOfRequester, momentOf, type RuleSubject, traitsOf } from './rule-subject.js';

type RuleField = FieldDefinition<RuleSubject>;

/** Rules read the beginning of long texts: a mail of many pages says there what it is about. */
const MOST_TEXT = 10_000;

const textIn = ({ interaction: { content } }: RuleSubject): string => content.text.slice(0, MOST_TEXT);
const lineOf = ({ interaction, snapshot }: RuleSubject) => endpointOf(interaction, snapshot);
const domainOf = ({ kind, value }: { readonly kind: string; readonly value: string }): string | null =>
  kind === 'email' ? value.slice(value.lastIndexOf('@') + 1) : null;
const subjectLine = ({ interaction, resolved, snapshot }: RuleSubject): string =>
  wordsFor(interaction, resolved.match, snapshot).subject;

const OF_CASES: Readonly<Record<string, RuleField>> = {
  subject: { type: 'text', description: 'Of the case.', isPersonal: true, read: subjectLine },
  source: { type: 'choice', choices: CASE_SOURCES, description: 'Of the case.', read: (of) => of.interaction.source },
  priority: {
    type: 'ordered',
    choices: PRIORITIES,
    description: 'As the endpoint and the message have it; none is below low.',
    read: (of) => priorityFor(of.interaction, lineOf(of)),
  },
  type: {
    type: 'choice',
    choices: CASE_TYPES,
    description: 'As the endpoint has it.',
    read: (of) => typeFor(lineOf(of)),
  },
  tags: { type: 'set', description: 'That the telephone system gave.', read: (of) => tagsOf(of.interaction) },
};

const OF_INTERACTIONS: Readonly<Record<string, RuleField>> = {
  'interaction.channel': {
    type: 'choice',
    choices: CHANNELS,
    description: 'What came.',
    read: (of) => of.interaction.channel,
  },
  'interaction.direction': {
    type: 'choice',
    choices: DIRECTIONS,
    description: 'Who began.',
    read: (of) => of.interaction.direction,
  },
  'interaction.outcome': {
    type: 'choice',
    choices: CALL_OUTCOMES,
    description: 'Of a call or a voicemail.',
    read: (of) => of.interaction.outcome ?? null,
  },
  'interaction.text': {
    type: 'text',
    description: `Its first ${MOST_TEXT} characters.`,
    isPersonal: true,
    read: textIn,
  },
  'interaction.words': {
    type: 'words',
    description: 'Subject and text, of which whole words count.',
    isPersonal: true,
    read: (of) => `${of.interaction.content.subject} ${textIn(of)}`,
  },
  'interaction.sender': {
    type: 'text',
    description: 'Address or number of who speaks.',
    isPersonal: true,
    longest: 320,
    read: (of) => (of.interaction.sender.kind === 'anonymous' ? null : of.interaction.sender.value),
  },
  'interaction.sender_domain': {
    type: 'text',
    description: 'What is behind the @ of the sender.',
    isPersonal: true,
    read: (of) => domainOf(of.interaction.sender),
  },
  'interaction.recipients': {
    type: 'set',
    description: 'Addresses and numbers that it went to, copies too.',
    isPersonal: true,
    longest: 320,
    read: (of) => of.interaction.recipients.map(({ value }) => value),
  },
  'interaction.has_attachment': {
    type: 'flag',
    description: 'Something that a person would save as a file; pictures inside a text are none.',
    read: (of) => of.interaction.content.attachments.some(({ inline }) => !inline),
  },
  'interaction.flags': {
    type: 'set',
    description: 'What was noted on arrival, such as urgent.',
    read: (of) => of.interaction.flags,
  },
};

const OF_REQUESTERS: Readonly<Record<string, RuleField>> = {
  'requester.kind': {
    type: 'choice',
    choices: ['person', 'shared_line', 'anonymous', 'agent'],
    description: 'Whom the case is for.',
    read: kindOfRequester,
  },
  'requester.known': { type: 'flag', description: 'The contact was there before.', read: isKnownRequester },
  'requester.confidence': {
    type: 'choice',
    choices: ['exact', 'verified', 'weak', 'ambiguous', 'anonymous'],
    description: 'How sure it is who that is.',
    read: (of) => of.resolved.match.confidence,
  },
  'requester.email_domain': {
    type: 'text',
    description: 'What is behind the @ of the address that the requester came with.',
    isPersonal: true,
    read: (of) => domainOf(of.resolved.party),
  },
  'requester.company': {
    type: 'text',
    description: 'Of the contact.',
    isPersonal: true,
    read: (of) => traitsOf(of)?.company ?? null,
  },
  'requester.locale': {
    type: 'text',
    description: 'Of the contact, such as pt-PT.',
    read: (of) => traitsOf(of)?.locale ?? null,
  },
};

const OF_ENDPOINTS: Readonly<Record<string, RuleField>> = {
  'endpoint.address': {
    type: 'text',
    description: 'Address or number of ours that it reached.',
    longest: 320,
    read: (of) => of.interaction.endpoint?.address ?? null,
  },
  'endpoint.label': {
    type: 'text',
    description: 'What people call the line.',
    read: (of) => lineOf(of)?.label ?? null,
  },
  'endpoint.group_id': {
    type: 'choice',
    refersTo: 'group',
    description: 'The group of the endpoint.',
    read: (of) => lineOf(of)?.groupId ?? null,
  },
};

/** What stands for the account beside groups. */
export const HOURS_OF_ACCOUNT = 'account';

const OF_TIMES: Readonly<Record<string, RuleField>> = {
  'time.business_hours_of': {
    type: 'belonging',
    refersTo: 'hours',
    description: 'Of a group, or of the `account`: whether it happened within them, by the clocks that they are for.',
    read: (of, operand) => isWorkingAt(hoursOf(operand, of), momentOf(of, hoursOf(operand, of).timeZone)),
  },
  'time.holiday_of': {
    type: 'belonging',
    refersTo: 'hours',
    description: 'Of a group, or of the `account`: whether it happened on one of the holidays.',
    read: (of, operand) => {
      const { timeZone, holidays } = hoursOf(operand, of);
      return isHoliday(holidays, momentOf(of, timeZone).date);
    },
  },
  'time.weekday': {
    type: 'choice',
    choices: WEEKDAYS,
    description: 'In the zone of the account.',
    read: (of) => momentOf(of).weekday,
  },
  'time.hour': {
    type: 'number',
    description: 'From 0 to 23, in the zone of the account.',
    read: (of) => Number(momentOf(of).time.slice(0, 2)),
  },
  'time.date': { type: 'date', description: 'In the zone of the account.', read: (of) => momentOf(of).date },
};

const FIELDS: ReadonlyMap<string, RuleField> = new Map(
  [OF_CASES, OF_INTERACTIONS, OF_REQUESTERS, OF_ENDPOINTS, OF_TIMES].flatMap((fields) => Object.entries(fields)),
);
export const CONTACT_FIELD = 'requester.custom_fields.';
/** The keys of custom fields that have some are asked for by name. */
const CONTACT_KEY = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** The field of assignment rules that bears a name; null where there is none. */
export function ruleField(name: string): RuleField | null {
  const known = FIELDS.get(name);
  if (known !== undefined) {
    return known;
  }
  const key = name.startsWith(CONTACT_FIELD) ? name.slice(CONTACT_FIELD.length) : '';
  return CONTACT_KEY.test(key) ? contactField(key) : null;
}

function contactField(key: string): RuleField {
  return {
    type: 'scalar',
    description: 'A field of the contact’s own.',
    isPersonal: true,
    read(of) {
      const fields = traitsOf(of)?.customFields ?? {};
      return Object.hasOwn(fields, key) ? fields[key] : null;
    },
  };
}

/** What can be written as a field, for people. */
export const RULE_FIELD_NAMES: readonly string[] = [...FIELDS.keys(), `${CONTACT_FIELD}KEY`];

/** Whether the field is kept with contacts, and has to be loaded. */
export function asksContact(field: string): boolean {
  return (
    field.startsWith('requester.') &&
    !['requester.known', 'requester.confidence', 'requester.email_domain'].includes(field)
  );
}
