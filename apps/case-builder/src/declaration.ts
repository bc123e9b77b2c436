import type { Declaration } from '#libs/case-store';
import type { Configuration } from '#libs/runtime';

/** What a configuration declares, in the form in which the store takes it. */
export function declarationOf(configuration: Configuration): Declaration {
  const { account, agents, apiKeys, groups, mailboxes } = configuration;
  return {
    account,
    groups,
    agents: agents.map(({ extension, ...agent }) => ({ ...agent, extensions: extension === null ? [] : [extension] })),
    endpoints: mailboxes.map(({ address, group, autoCreate }) => ({
      kind: 'mailbox',
      address,
      group,
      defaultPriority: null,
      defaultType: null,
      autoCreate,
    })),
    apiKeys,
  };
}
