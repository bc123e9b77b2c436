import type { declareConfiguration } from '#libs/case-store';
import { OCCASIONS } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

type Declaration = Parameters<typeof declareConfiguration>[1];
type Group = Declaration['groups'][number];
type Endpoint = Declaration['endpoints'][number];

export const TOKEN_SECRET = 'a secret of the recording';
export const SUPPORT = 'support@acme.example';
export const SALES = 'sales@acme.example';
export const BILLING = 'billing@acme.example';
/** Reached by an internal route alone: agents need no proof there. */
export const PARTNERS = 'partners@acme.example';
/** What fails its proof waits here. */
export const VIP = 'vip@acme.example';
/** Opens no cases. */
export const NEWS = 'news@acme.example';
export const MAILBOXES = [SUPPORT, SALES, BILLING, PARTNERS, VIP, NEWS];
export const AGENTS = ['ana', 'ben', 'cleo', 'dora', 'emil', 'finn', 'gil'].map((name) => `${name}@acme.example`);

/** A company with a group of each strategy, and low limits, so that a few mails of one sender are too many. */
export const ACME: Declaration = {
  account: {
    id: defaultAccountId,
    name: 'Acme',
    timeZone: 'Europe/Lisbon',
    defaultCountry: 'PT',
    defaultGroup: 'Support',
    resolvedAutoCloseDays: 1,
    reopenPolicy: 'until_closed',
    reopenWindowDays: null,
    stickyDays: 2,
    followUpInheritAssignee: true,
    autoCreate: [...OCCASIONS],
    backStops: { newCasesPerHour: 6, messagesPerCaseAndHour: 5, automaticPerDay: 4 },
  },
  groups: [
    group('Support', { strategy: 'round_robin' }),
    group('Sales', { strategy: 'least_open', capacityPerAgent: 40, reopenPolicy: 'window', reopenWindowDays: 1 }),
    group('Billing', { strategy: 'manual' }),
    group('Partners', { strategy: 'least_open_pct', capacityPerAgent: 80, keepOwnerOnReopen: false }),
  ],
  agents: AGENTS.map((email, index) => ({
    email,
    name: email.slice(0, email.indexOf('@')),
    role: 'agent',
    active: index < 6,
    extensions: [],
    groups: [['Support'], ['Support'], ['Support', 'Sales'], ['Sales'], ['Partners', 'Billing'], ['Partners']][
      index
    ] ?? ['Support'],
  })),
  endpoints: [
    endpoint(SUPPORT, 'Support'),
    endpoint(SALES, 'Sales'),
    endpoint(BILLING, 'Billing', { defaultPriority: 'high', defaultType: 'question' }),
    endpoint(PARTNERS, 'Partners', { trustAgents: 'always' }),
    endpoint(VIP, 'Support', { unverified: 'quarantine', defaultPriority: 'urgent' }),
    endpoint(NEWS, 'Support', { autoCreate: [] }),
  ],
  apiKeys: [],
};

function group(name: string, told: Partial<Group> & Pick<Group, 'strategy'>): Group {
  const usual = { capacityPerAgent: null, reopenPolicy: null, reopenWindowDays: null, keepOwnerOnReopen: true };
  return { name, ...usual, ...told };
}

function endpoint(address: string, name: string, told: Partial<Endpoint> = {}): Endpoint {
  return { kind: 'mailbox', address, group: name, defaultPriority: null, defaultType: null, autoCreate: null, ...told };
}
