import { DEFAULT_CAST, type Provider } from '#libs/telephony';
import type { Connection } from '#libs/webhook';

const PUBLIC_URL = 'https://hooks.acme.example';

/** What each provider's entries say beside provider, key and group. */
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  generic: { secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3' },
  zammad: { secret: 'a-segment-of-the-pbx' },
  talkdesk: { secret: 'a-segment-of-talkdesk', bodySecret: 'a constant of the template' },
  twilio: { authToken: '0123456789abcdef0123456789abcdef', accountSid: 'AC0123456789abcdef0123456789abcdef' },
};

/** An entry of `telephony:`, as the vendor's side sees it. */
export function connectionOf(provider: Provider, key: string): Connection {
  const settings: object = Object.assign(new provider.settings(), SECRETS[provider.name]);
  return { provider: provider.name, key, publicUrl: PUBLIC_URL, settings };
}

/** Each connection has a group of its own, so that no telling decides who gets the case of another. */
export function groupOf({ provider, key }: Connection): string {
  return `${provider} ${key}`;
}

/** The configuration file, as JSON, which is YAML too. */
export function companyFile(connections: readonly Connection[], settleSeconds: number): string {
  const groups = connections.map(groupOf);
  const { first, second } = DEFAULT_CAST.agents;
  const devices = (email: string): Record<string, string[]> => {
    const own = connections.filter(({ provider }) => provider === 'twilio');
    return Object.fromEntries(
      own.map(({ provider, key }) => [`${provider}/${key}`, [`client:${email.split('@')[0]}`]]),
    );
  };
  return JSON.stringify({
    account: {
      name: 'Acme',
      timeZone: 'UTC',
      defaultCountry: 'PT',
      defaultGroup: groups[0],
      callSettleSeconds: settleSeconds,
      backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0, withheldCasesPerHour: 0 },
    },
    groups: groups.map((name) => ({ name, strategy: 'round_robin' })),
    agents: [second, first].map(({ email, name }) => ({ email, name, groups, telephony: devices(email) })),
    telephony: connections.map((connection) => ({
      provider: connection.provider,
      key: connection.key,
      publicUrl: PUBLIC_URL,
      group: groupOf(connection),
      country: 'PT',
      ...SECRETS[connection.provider],
    })),
  });
}
