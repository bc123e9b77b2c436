import type { Declaration } from '#libs/case-store';
import { ownAddress } from '#libs/interaction';
import type { Configuration } from '#libs/runtime';

/** What a configuration declares, in the form in which the store takes it; its addresses as interactions spell them. */
export function declarationOf(configuration: Configuration): Declaration {
  const { account, agents, apiKeys, groups, mailboxes } = configuration;
  return {
    account,
    groups,
    agents: agents.map(({ extension, ...agent }) => ({
      ...agent,
      email: ownAddress(agent.email),
      extensions: extension === null ? [] : [extension],
    })),
    endpoints: mailboxes.map(({ address, group, autoCreate, unverified, trustAgents }) => ({
      kind: 'mailbox',
      address: ownAddress(address),
      group,
      defaultPriority: null,
      defaultType: null,
      autoCreate,
      unverified,
      trustAgents,
    })),
    apiKeys: apiKeys.map(({ allowedAgents, ...key }) => ({
      ...key,
      allowedAgents: allowedAgents?.map(ownAddress) ?? null,
    })),
  };
}
