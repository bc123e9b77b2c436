import type {
  AccountRules,
  Agent,
  CaseStatus,
  Category,
  ChannelEndpoint,
  CustomField,
  CustomFieldOption,
  Group,
  Member,
} from '#libs/case-domain';
import { declaredId, OCCASIONS } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

/** The account of every builder: the one of a configuration that names none. */
export const ACCOUNT_ID = defaultAccountId;
/** The group that `aGroup`, `anEndpoint` and `anAccount` agree on when nothing else is said. */
export const SUPPORT_ID = groupIdOf('Support');

export function groupIdOf(name: string): string {
  return declaredId(defaultAccountId, 'group', name);
}

export function agentIdOf(email: string): string {
  return declaredId(defaultAccountId, 'agent', email);
}

/** The id of the default status of a category. */
export function statusIdOf(category: Category): string {
  return declaredId(defaultAccountId, 'status', category);
}

export function anAccount(overrides: Partial<AccountRules> = {}): AccountRules {
  return {
    id: defaultAccountId,
    defaultGroupId: SUPPORT_ID,
    resolvedAutoCloseDays: 5,
    reopenPolicy: 'until_closed',
    reopenWindowDays: null,
    stickyDays: 7,
    followUpInheritAssignee: false,
    autoCreate: new Set(OCCASIONS),
    unverified: 'accept',
    backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 },
    calls: theCallRules(),
    defaultStatus: {
      new: statusIdOf('new'),
      open: statusIdOf('open'),
      pending: statusIdOf('pending'),
      on_hold: statusIdOf('on_hold'),
      resolved: statusIdOf('resolved'),
    },
    closedStatusId: null,
    requireIfMatch: false,
    requireIdempotencyKey: false,
    timeZone: 'Europe/Lisbon',
    onHoldEnabled: true,
    requireResolution: true,
    incidentRequiresProblem: true,
    ...overrides,
  };
}

/** What an account says about calls that says nothing; callers who hide their number are not held back. */
export function theCallRules(overrides: Partial<AccountRules['calls']> = {}): AccountRules['calls'] {
  return {
    attachWindowMinutes: 240,
    missedCoalesceMinutes: 15,
    maxDurationHours: 4,
    settleSeconds: 3,
    shortCallSeconds: 0,
    withheldCasesPerHour: 0,
    texts: {},
    ...overrides,
  };
}

/** The default status of a category unless something else is said. */
export function aStatus(overrides: Partial<CaseStatus> = {}): CaseStatus {
  const category = overrides.category ?? 'new';
  const key = overrides.key ?? category;
  return {
    id: declaredId(defaultAccountId, 'status', key),
    key,
    agentLabel: key,
    requesterLabel: key,
    category,
    isDefault: key === category,
    active: true,
    ...overrides,
  };
}

/** A field for short texts unless something else is said. */
export function aCustomField(key: string, overrides: Partial<CustomField> = {}): CustomField {
  return { key, label: key, type: 'text', required: false, active: true, options: [], ...overrides };
}

/** A choice of a field. */
export function anOption(key: string, ...children: CustomFieldOption[]): CustomFieldOption {
  return { key, label: key, active: true, children };
}

export function anAgent(overrides: Partial<Agent> = {}): Agent {
  const email = overrides.email ?? 'ana@acme.example';
  return {
    id: agentIdOf(email),
    email,
    active: true,
    defaultGroupId: null,
    extensions: [],
    phones: [],
    telephony: {},
    ...overrides,
  };
}

export function aMember(agent: Pick<Agent, 'id'>, overrides: Partial<Member> = {}): Member {
  return { agentId: agent.id, openLoad: 0, capacity: null, lastAssignedAt: null, away: [], skills: {}, ...overrides };
}

export function aGroup(overrides: Partial<Group> = {}): Group {
  const name = overrides.name ?? 'Support';
  return {
    id: groupIdOf(name),
    name,
    active: true,
    strategy: 'manual',
    keepOwnerOnReopen: true,
    reopenPolicy: null,
    reopenWindowDays: null,
    requiredSkills: [],
    members: [],
    waiting: [],
    ...overrides,
  };
}

export function anEndpoint(address: string, overrides: Partial<ChannelEndpoint> = {}): ChannelEndpoint {
  return {
    id: declaredId(defaultAccountId, 'endpoint', address),
    groupId: SUPPORT_ID,
    defaultPriority: null,
    defaultType: null,
    autoCreate: null,
    unverified: null,
    trustAgents: 'verified',
    label: null,
    country: null,
    moveToAgentsGroup: false,
    mailboxes: [],
    active: true,
    ...overrides,
  };
}
