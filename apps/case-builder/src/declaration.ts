import type { Declaration } from '#libs/case-store';
import { normaliseEmailAddress } from '#libs/interaction';
import type { Configuration } from '#libs/runtime';

/** What a configuration declares, in the form in which the store takes it. */
export function declarationOf(configuration: Configuration): Declaration {
  const { account, agents, apiKeys, groups, mailboxes } = configuration;
  return {
    account,
    groups,
    agents: agents.map(({ extension, ...agent }) => ({
      ...agent,
      email: spelling(agent.email),
      extensions: extension === null ? [] : [extension],
    })),
    endpoints: mailboxes.map(({ address, group, autoCreate, unverified, trustAgents }) => ({
      kind: 'mailbox',
      address: spelling(address),
      group,
      defaultPriority: null,
      defaultType: null,
      autoCreate,
      unverified,
      trustAgents,
    })),
    apiKeys,
  };
}

/** Interactions name addresses in this spelling, so what is declared must have the same. */
function spelling(address: string): string {
  return normaliseEmailAddress(address) ?? address.toLowerCase();
}
