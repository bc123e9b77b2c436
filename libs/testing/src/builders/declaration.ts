import type { Declaration } from '#libs/case-store';
import { OCCASIONS } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

/** What a configuration file says that names an account and nothing else. */
export function aDeclaration(overrides: Partial<Declaration> = {}): Declaration {
  return { account: aDeclaredAccount(), groups: [], agents: [], endpoints: [], apiKeys: [], ...overrides };
}

export function aDeclaredAccount(overrides: Partial<Declaration['account']> = {}): Declaration['account'] {
  return {
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
    autoCreate: OCCASIONS,
    ...overrides,
  };
}

export function aDeclaredGroup(
  name: string,
  strategy: Declaration['groups'][number]['strategy'] = 'manual',
): Declaration['groups'][number] {
  return {
    name,
    strategy,
    capacityPerAgent: null,
    reopenPolicy: null,
    reopenWindowDays: null,
    keepOwnerOnReopen: true,
  };
}

/** An agent of Support. */
export function aDeclaredAgent(email: string, name: string): Declaration['agents'][number] {
  return { email, name, role: 'agent', active: true, extensions: [], groups: ['Support'] };
}

/** A line on which somebody may call. */
export function aDeclaredLine(number: string, group = 'Support'): Declaration['endpoints'][number] {
  return { ...aDeclaredMailbox(number, group), kind: 'phone_number' };
}

export function aDeclaredMailbox(address: string, group = 'Support'): Declaration['endpoints'][number] {
  return { kind: 'mailbox', address, group, defaultPriority: null, defaultType: null, autoCreate: null };
}
