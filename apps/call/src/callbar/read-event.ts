import { createHash } from 'node:crypto';
import { CALL_BAR_ACTIONS, type CallBarAction, type CallBarEvent } from '#libs/interaction';
import type { ProblemCause } from '#libs/runtime';
import { Faults, isObject, Members } from './fields.js';

/** Milliseconds by which a clock may differ from ours until ours counts. */
const CLOCK_TOLERANCE = 5 * 60 * 1000;

/** Who sends an event, to whom, and when we have it. */
export interface Sending {
  readonly accountId: string;
  readonly agent: string;
  readonly receivedAt: Date;
}

export type ReadEvent =
  { readonly ok: true; readonly event: CallBarEvent } | { readonly ok: false; readonly problem: ProblemCause };

type Payload = Partial<CallBarEvent>;

/** Reads what a call bar sent (channels.md C); all that is wrong with it is in one problem. */
export function readEvent(body: unknown, { accountId, agent, receivedAt }: Sending): ReadEvent {
  if (!isObject(body)) {
    return { ok: false, problem: invalid([{ pointer: '', code: 'object', detail: 'Must be an object.' }]) };
  }
  if (Object.hasOwn(body, 'agent')) {
    return { ok: false, problem: AGENT_NAMED };
  }
  const faults = new Faults();
  const members = new Members(body, '', faults);
  const common = readCommon(members);
  const payload =
    common.action === undefined ? {} : { ...readCall(members, common.action), ...PAYLOADS[common.action](members) };
  if (common.action !== undefined) {
    members.nothingElse();
  }
  const { id, occurredAt, action, client } = common;
  if (faults.parts.length > 0 || id === undefined || occurredAt === undefined || action === undefined) {
    return { ok: false, problem: invalid(faults.parts) };
  }
  const isOff = Math.abs(Date.parse(occurredAt) - receivedAt.getTime()) > CLOCK_TOLERANCE;
  const said = { id, action, ...(client === undefined ? {} : { client }), ...payload };
  const contentSha256 = createHash('sha256')
    .update(JSON.stringify([agent, occurredAt, id, action, payload]))
    .digest('hex');
  const event: CallBarEvent = {
    schema: 1,
    channel: 'callbar',
    accountId,
    agent,
    contentSha256,
    occurredAt: isOff ? receivedAt.toISOString() : occurredAt,
    receivedAt: receivedAt.toISOString(),
    ...said,
  };
  return { ok: true, event };
}

function readCommon(members: Members) {
  ['event_id', 'occurred_at', 'action'].forEach((name) => members.needed(name));
  const id = members.matching('event_id', UUID_V7, 'Must be a UUID of version 7.')?.toLowerCase();
  const occurredAt = members.instant('occurred_at');
  const given = members.member('action');
  const action = CALL_BAR_ACTIONS.find((one) => one === given);
  if (given !== undefined && action === undefined) {
    members.faults.add('/action', 'action', `Must be one of: ${CALL_BAR_ACTIONS.join(', ')}.`);
  }
  const client = members.object('client');
  const name = client?.text('name', 100);
  const version = client?.text('version', 100);
  client?.nothingElse();
  const known = client && { ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version }) };
  return { id, occurredAt, action, client: known };
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const CONNECTION = /^[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9-]{1,40}$/;

function readCall(members: Members, action: CallBarAction): Payload {
  if (action !== 'case.create') {
    members.needed('call');
  }
  const call = members.object('call');
  if (call === undefined) {
    return {};
  }
  const interactionId = call.uuid('interaction_id');
  const connection = call.matching('connection', CONNECTION, 'Must be "provider/key" of a connection.');
  const callId = call.text('call_id', 200);
  call.nothingElse();
  if (interactionId !== undefined && connection === undefined && callId === undefined) {
    return { call: { interactionId } };
  }
  if (interactionId === undefined && connection !== undefined && callId !== undefined) {
    return { call: { connection, callId } };
  }
  members.faults.add('/call', 'call', 'Must have interaction_id, or connection and call_id.');
  return {};
}

const PAYLOADS: Readonly<Record<CallBarAction, (members: Members) => Payload>> = {
  'case.create': (members) => ({
    ...told('subject', members.text('subject', 150)),
    ...told('description', members.text('description', 10_000)),
    ...told('group', members.text('group', 100)),
    ...(members.member('contact') === undefined ? {} : readContact(members.object('contact'))),
  }),
  'case.attach': readCase,
  'case.detach': readCase,
  'contact.link': (members) => readContact(members),
  'contact.create': (members) => {
    members.needed('name');
    const name = members.text('name', 200);
    const [emails, phones] = [members.emails('emails'), members.phones('phones')];
    return name === undefined ? {} : { person: { name, emails, phones } };
  },
  'disposition.set': (members) => {
    members.needed('code');
    return { ...told('code', members.text('code', 60)), ...told('label', members.text('label', 200)) };
  },
  'note.save': (members) => {
    members.needed('text');
    return { ...told('text', members.text('text', 10_000)), ...told('noteId', members.text('note_id', 100)) };
  },
  'callback.schedule': (members) => {
    members.needed('at');
    return {
      ...told('at', members.instant('at')),
      ...told('number', members.phone('number')),
      ...told('text', members.text('text', 10_000)),
    };
  },
  'wrapup.start': () => ({}),
  'wrapup.end': () => ({}),
};

function told<Name extends keyof CallBarEvent>(name: Name, value: CallBarEvent[Name] | undefined): Payload {
  return value === undefined ? {} : { [name]: value };
}

const CASE = /^(CASE-[1-9]\d{0,17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function readCase(members: Members): Payload {
  members.needed('case');
  const named = members.matching('case', CASE, 'Must be the id of a case, or its number as in CASE-12.')?.toLowerCase();
  if (named === undefined) {
    return {};
  }
  return named.startsWith('case-')
    ? { case: { by: 'number', value: named.slice('case-'.length) } }
    : { case: { by: 'id', value: named } };
}

/** `contact_id`, or `integration` and `external_id`, among other members or in an object of their own. */
function readContact(members: Members | undefined): Payload {
  if (members === undefined) {
    return {};
  }
  const contactId = members.uuid('contact_id');
  const integration = members.text('integration', 100);
  const externalId = members.text('external_id', 500);
  if (members.pointer !== '') {
    members.nothingElse();
  }
  if (contactId !== undefined && integration === undefined && externalId === undefined) {
    return { contact: { contactId } };
  }
  if (contactId === undefined && integration !== undefined && externalId !== undefined) {
    return { contact: { external: { integration, externalId } } };
  }
  members.faults.add(members.pointer, 'contact', 'Must have contact_id, or integration and external_id.');
  return {};
}

const AGENT_NAMED: ProblemCause = {
  code: 'agent-not-allowed',
  title: 'The token says who acts',
  status: 400,
  detail: 'Leave `agent` out: who presses something is whom the token names.',
  errors: [{ pointer: '/agent', code: 'agent-not-allowed', detail: 'The token says who acts.' }],
};

function invalid(errors: NonNullable<ProblemCause['errors']>): ProblemCause {
  const detail =
    errors.length === 1 ? `${errors[0]?.pointer}: ${errors[0]?.detail}` : `${errors.length} parts of it are wrong.`;
  return { code: 'invalid-event', title: 'The event cannot be read', status: 400, detail, errors };
}
