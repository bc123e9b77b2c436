import type { declareConfiguration } from '#libs/case-store';
import { OCCASIONS } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

type Declaration = Parameters<typeof declareConfiguration>[1];

export const SUPPORT = 'support@acme.example';
export const SALES = 'sales@acme.example';
export const ANA = 'ana@acme.example';
export const MAILBOXES = [SUPPORT, SALES];

/** Support assigns by itself among Ana and Rui; Sales leaves every case unassigned. */
export const ACME: Declaration = {
  account: {
    id: defaultAccountId,
    name: 'Acme',
    timeZone: 'Europe/Lisbon',
    defaultCountry: 'PT',
    defaultGroup: 'Support',
    resolvedAutoCloseDays: 5,
    reopenPolicy: 'until_closed',
    reopenWindowDays: null,
    stickyDays: 7,
    followUpInheritAssignee: false,
    autoCreate: [...OCCASIONS],
  },
  groups: [
    { ...groupCalled('Support'), strategy: 'round_robin' },
    { ...groupCalled('Sales'), strategy: 'manual' },
  ],
  agents: [agentCalled('Ana', ANA), agentCalled('Rui', 'rui@acme.example')],
  endpoints: [mailbox(SUPPORT, 'Support'), mailbox(SALES, 'Sales')],
  apiKeys: [],
};

function groupCalled(name: string): Omit<Declaration['groups'][number], 'strategy'> {
  return { name, capacityPerAgent: null, reopenPolicy: null, reopenWindowDays: null, keepOwnerOnReopen: true };
}

function agentCalled(name: string, email: string): Declaration['agents'][number] {
  return { email, name, role: 'agent', active: true, extensions: [], groups: ['Support'] };
}

function mailbox(address: string, group: string): Declaration['endpoints'][number] {
  return { kind: 'mailbox', address, group, defaultPriority: null, defaultType: null, autoCreate: null };
}
