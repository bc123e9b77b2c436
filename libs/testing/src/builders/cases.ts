import {
  CATEGORIES,
  ContactBook,
  endpointKeyOf,
  identityOf,
  threadKeyOf,
  type AccountRules,
  type Agent,
  type AssignmentRules,
  type CaseState,
  type CaseStatus,
  type ChannelEndpoint,
  type ContactTraits,
  type CustomField,
  type Group,
  type KnownAttachment,
  type KnownComment,
  type KnownContact,
  type KnownIdentity,
  type SeenContact,
  type KnownLink,
  type LeftBehind,
  type NamedInteraction,
  type Snapshot,
  type SpokenBeside,
  type SpokenCall,
  type StickyAssignee,
  type ThreadTarget,
  type Traffic,
} from '#libs/case-domain';
import { derivedEventId, type Interaction } from '#libs/interaction';
import { ACCOUNT_ID, anAccount, anEndpoint, aGroup, aStatus, statusIdOf, SUPPORT_ID } from './account.js';
import { someAssignmentRules } from './rules.js';

let sequence = 0;

/** A case id that sorts by the order in which it was asked for. */
export function aCaseId(): string {
  sequence += 1;
  return `01900000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`;
}

/** Id of the contact that the builders give to an address. */
export function contactOf(address: string): string {
  return derivedEventId('a contact in a test', address);
}

/** A case of carol@example.org without an owner. Fields that depend on each other are the caller's to keep true. */
export function aCase(overrides: Partial<CaseState> = {}): CaseState {
  const id = overrides.id ?? aCaseId();
  const requester = { kind: 'contact', id: contactOf('carol@example.org') } as const;
  const category = overrides.category ?? 'new';
  return {
    id,
    accountId: ACCOUNT_ID,
    number: '1',
    subject: 'The kettle is broken',
    description: 'It does not heat.',
    statusId: statusIdOf(category),
    category,
    closedAt: null,
    closedReason: null,
    resolvedAt: null,
    resolution: null,
    resolutionSource: null,
    priority: null,
    type: null,
    dueOn: null,
    dueAt: null,
    dueTimeZone: null,
    problemId: null,
    parentId: null,
    groupId: SUPPORT_ID,
    assigneeId: null,
    autoAssign: true,
    requester,
    requesterMatch: { method: 'R6', confidence: 'weak', candidates: [] },
    supplied: { name: 'Carol', email: 'carol@example.org', phone: null },
    submitter: requester,
    participants: [],
    source: 'email',
    via: { channel: 'email', from: 'carol@example.org', to: 'support@acme.example', rel: 'inbound' },
    endpointId: null,
    originInteractionId: null,
    followUpOfId: null,
    rootCaseId: id,
    mergedIntoId: null,
    tags: [],
    customFields: {},
    excludeFromAutoClose: false,
    reopenCount: 0,
    commentCount: 0,
    interactionCount: 1,
    firstResponseAt: null,
    lastRequesterAt: '2026-03-01T09:00:00.000Z',
    lastAgentAt: null,
    version: 1,
    createdAt: '2026-03-01T09:00:00.000Z',
    updatedAt: '2026-03-01T09:00:00.000Z',
    deletedAt: null,
    ...overrides,
  };
}

/** A case that its agent resolved. */
export function aResolvedCase(overrides: Partial<CaseState> = {}): CaseState {
  return aCase({
    category: 'resolved',
    resolvedAt: '2026-03-01T12:00:00.000Z',
    resolution: 'Sent a new kettle.',
    resolutionSource: 'automation',
    ...overrides,
  });
}

/** A case that takes no more messages. */
export function aClosedCase(overrides: Partial<CaseState> = {}): CaseState {
  return aResolvedCase({ closedAt: '2026-03-06T12:00:00.000Z', closedReason: 'auto_close', ...overrides });
}

/** What a snapshot is made of, in the form in which a test says it. */
export interface SnapshotParts {
  readonly account?: Partial<AccountRules>;
  readonly cases?: readonly CaseState[];
  /** Message-ID and where it leads. */
  readonly messages?: Readonly<Record<string, ThreadTarget>>;
  /** Address and what is known of it. */
  readonly identities?: Readonly<Record<string, Partial<KnownIdentity>>>;
  /** Public number and the case that bears it. */
  readonly numbers?: Readonly<Record<string, string>>;
  /** Ids of cases that a person has edited. */
  readonly edited?: readonly string[];
  readonly agents?: readonly Agent[];
  /** Beside the default ones. */
  readonly statuses?: readonly CaseStatus[];
  /** Why cases are kept, by their ids. */
  readonly legalHolds?: Readonly<Record<string, string>>;
  readonly customFields?: readonly CustomField[];
  /** Cases whose relatives are all there; every case unless given. */
  readonly complete?: readonly string[];
  readonly incidentCounts?: Readonly<Record<string, number>>;
  readonly people?: ContactBook;
  readonly contacts?: readonly KnownContact[];
  readonly comments?: readonly KnownComment[];
  readonly attachments?: readonly KnownAttachment[];
  readonly links?: readonly KnownLink[];
  readonly interactions?: readonly NamedInteraction[];
  /** By the id of an interaction. */
  readonly leftBehind?: Readonly<Record<string, LeftBehind>>;
  /** Ids and numbers. */
  readonly purged?: readonly string[];
  readonly groups?: readonly Group[];
  /** Mailbox address and its endpoint. */
  readonly mailboxes?: Readonly<Record<string, ChannelEndpoint>>;
  /** Number of a line of ours and its endpoint. */
  readonly lines?: Readonly<Record<string, ChannelEndpoint>>;
  /** External id of a call and where it leads. */
  readonly calls?: Readonly<Record<string, ThreadTarget>>;
  readonly sticky?: Readonly<Record<string, StickyAssignee>>;
  readonly traffic?: Traffic;
  /** Telephone number and what is known of it. */
  readonly numbersOfPeople?: Readonly<Record<string, Partial<KnownIdentity>>>;
  /** Calls that were settled before. */
  readonly spoken?: readonly SpokenCall[];
  /** Calls and messages around those that are decided on. */
  readonly beside?: readonly SpokenBeside[];
  /** By the id of a case: when something was heard of it last. */
  readonly heard?: Readonly<Record<string, string>>;
  /** By the id of a contact who shares a number: when something was heard of them last, and where. */
  readonly seen?: Readonly<Record<string, SeenContact>>;
  /** By the id of a case: calls, and messages left in them. */
  readonly said?: Readonly<Record<string, readonly Interaction[]>>;
  /** By the id of a case and a field: the interaction that set it last, or `by_hand`. */
  readonly setters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly assignmentRules?: AssignmentRules;
  /** By contact. */
  readonly contactTraits?: Readonly<Record<string, ContactTraits>>;
}

export function aSnapshot(parts: SnapshotParts = {}): Snapshot {
  const agents = parts.agents ?? [];
  const mailboxes = parts.mailboxes ?? { 'support@acme.example': anEndpoint('support@acme.example') };
  return {
    account: anAccount(parts.account),
    cases: new Map((parts.cases ?? []).map((state) => [state.id, state])),
    threads: new Map([
      ...Object.entries(parts.messages ?? {}).map(([id, to]) => [threadKeyOf('message_id', id), to] as const),
      ...Object.entries(parts.calls ?? {}).map(([id, to]) => [threadKeyOf('call_id', id), to] as const),
    ]),
    identities: new Map([
      ...Object.entries(parts.identities ?? {}).map(([value, known]) => anIdentity('email', value, known)),
      ...Object.entries(parts.numbersOfPeople ?? {}).map(([value, known]) => anIdentity('phone', value, known)),
    ]),
    numbers: new Map(Object.entries(parts.numbers ?? {})),
    toldOverdue: new Set(),
    legalHolds: new Map(Object.entries(parts.legalHolds ?? {})),
    edited: new Set(parts.edited ?? []),
    complete: new Set(parts.complete ?? (parts.cases ?? []).map(({ id }) => id)),
    incidentCounts: new Map(Object.entries(parts.incidentCounts ?? {})),
    people: parts.people ?? new ContactBook(),
    liveRequesters: new Set(),
    contacts: new Map((parts.contacts ?? []).map((contact) => [contact.id, contact])),
    attachments: new Map((parts.attachments ?? []).map((one) => [one.id, one])),
    links: new Map((parts.links ?? []).map((one) => [one.id, one])),
    interactions: new Map((parts.interactions ?? []).map((one) => [one.interaction.id, one])),
    leftBehind: new Map(Object.entries(parts.leftBehind ?? {})),
    comments: new Map((parts.comments ?? []).map((one) => [one.id, one])),
    purged: new Set(parts.purged ?? []),
    statuses: new Map(
      [...CATEGORIES.map((category) => aStatus({ category })), ...(parts.statuses ?? [])].map((one) => [one.id, one]),
    ),
    customFields: new Map((parts.customFields ?? []).map((one) => [one.key, one])),
    agents: new Map(
      agents.flatMap((agent) => [
        ...agent.extensions.map((one): [string, Agent] => [identityOf({ kind: 'extension', value: one }), agent]),
        [identityOf({ kind: 'email', value: agent.email }), agent],
      ]),
    ),
    agentsById: new Map(agents.map((agent) => [agent.id, agent])),
    groups: new Map((parts.groups ?? [aGroup()]).map((group) => [group.id, group])),
    endpoints: new Map([
      ...Object.entries(mailboxes).map(([address, one]) => [endpointKeyOf('mailbox', address), one] as const),
      ...Object.entries(parts.lines ?? {}).map(([line, one]) => [endpointKeyOf('phone_number', line), one] as const),
    ]),
    sticky: new Map(Object.entries(parts.sticky ?? {})),
    traffic: parts.traffic ?? { earlier: new Map(), passed: new Map() },
    calls: byCaller(parts.spoken ?? []),
    heard: new Map(Object.entries(parts.heard ?? {})),
    seen: new Map(Object.entries(parts.seen ?? {})),
    said: new Map(Object.entries(parts.said ?? {})),
    setters: new Map(Object.entries(parts.setters ?? {}).map(([id, fields]) => [id, new Map(Object.entries(fields))])),
    changes: new Map(),
    assignmentRules: parts.assignmentRules ?? someAssignmentRules(),
    contactTraits: new Map(Object.entries(parts.contactTraits ?? {})),
    beside: new Map((parts.beside ?? []).map((one) => [one.interaction.id, one])),
  };
}

function anIdentity(kind: 'email' | 'phone', value: string, known: Partial<KnownIdentity>): [string, KnownIdentity] {
  const contactId = known.contactId ?? contactOf(value);
  const alone = { verified: false, shared: false, blocked: false, lineContactId: null, name: null };
  return [identityOf({ kind, value }), { contactId, holders: [contactId], ...alone, ...known }];
}

function byCaller(calls: readonly SpokenCall[]): Map<string, readonly SpokenCall[]> {
  const grouped = new Map<string, readonly SpokenCall[]>();
  calls.forEach((call) => grouped.set(call.caller, [...(grouped.get(call.caller) ?? []), call]));
  return grouped;
}
