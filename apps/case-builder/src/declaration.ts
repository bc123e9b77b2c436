import type { Declaration } from '#libs/case-store';
import { normalisePhoneNumber, ownAddress } from '#libs/interaction';
import type { Configuration } from '#libs/runtime';
import { declaredLines } from './declared-lines.js';

/** What a configuration declares, in the form in which the store takes it; its addresses as interactions spell them. */
export function declarationOf(configuration: Configuration): Declaration {
  const { account, apiKeys, groups, assignmentRules } = configuration;
  return {
    account,
    groups,
    assignmentRules,
    agents: declaredAgents(configuration),
    endpoints: [
      ...declaredMailboxes(configuration),
      ...declaredLines(configuration),
      ...declaredRequests(configuration),
    ],
    apiKeys: apiKeys.map(({ allowedAgents, ...key }) => ({
      ...key,
      allowedAgents: allowedAgents?.map(ownAddress) ?? null,
    })),
  };
}

function declaredAgents({ account, agents }: Configuration): Declaration['agents'] {
  return agents.map(({ extension, extensions, phones, ...agent }) => ({
    ...agent,
    email: ownAddress(agent.email),
    extensions: [...new Set(extension === null ? extensions : [extension, ...extensions])],
    phones: phones.flatMap((phone) => normalisePhoneNumber(phone, account.defaultCountry) ?? []),
  }));
}

function declaredMailboxes({ mailboxes }: Configuration): Declaration['endpoints'] {
  return mailboxes.map(({ address, group, autoCreate, unverified, trustAgents }) => ({
    kind: 'mailbox',
    address: ownAddress(address),
    group,
    defaultPriority: null,
    defaultType: null,
    autoCreate,
    unverified,
    trustAgents,
  }));
}

/** Where requests of contacts come in that are not written or spoken to an address of ours: directories, and forms. */
function declaredRequests({ account, contacts, forms }: Configuration): Declaration['endpoints'] {
  const entries = [
    ...contacts.map((entry) => ({ ...entry, address: `contacts/${entry.key}` })),
    ...forms.map((entry) => ({ ...entry, address: `forms/${entry.key}` })),
  ];
  return entries.map(({ address, group, autoCreate }) => ({
    kind: 'api',
    address,
    group: group ?? account.defaultGroup,
    defaultPriority: null,
    defaultType: null,
    autoCreate,
  }));
}
