import type { Declaration } from '#libs/case-store';
import { lineAddress } from '#libs/interaction';
import type { Configuration, TelephonyConfiguration } from '#libs/runtime';

type Endpoint = Declaration['endpoints'][number];

/**
 * The lines of every connection, and one for all that a connection with a group does not list: calls to those find it by
 * `provider/key`. Of a number that is there twice in two spellings the first counts; the adapters refuse to start with it.
 */
export function declaredLines({ account, telephony }: Configuration): readonly Endpoint[] {
  const lines = telephony.flatMap((connection) => [
    ...numbersOf(connection, account),
    ...(connection.group === null ? [] : [allOthers(connection, connection.group)]),
  ]);
  const addresses = lines.map(({ address }) => address);
  return lines.filter(({ address }, index) => addresses.indexOf(address) === index);
}

function numbersOf(connection: TelephonyConfiguration, account: Configuration['account']): Endpoint[] {
  return connection.numbers.map((line) => {
    const country = line.country ?? connection.country ?? account.defaultCountry;
    return {
      kind: 'phone_number',
      address: lineAddress(line.number, country),
      group: line.group ?? connection.group ?? account.defaultGroup,
      defaultPriority: line.defaultPriority,
      defaultType: line.defaultType,
      autoCreate: line.autoCreate ?? connection.autoCreate,
      label: line.label,
      country,
      moveToAgentsGroup: line.moveToAgentsGroup,
      mailboxes: line.mailboxes,
      connection: nameOf(connection),
    };
  });
}

function allOthers(connection: TelephonyConfiguration, group: string): Endpoint {
  return {
    kind: 'phone_number',
    address: nameOf(connection),
    group,
    defaultPriority: null,
    defaultType: null,
    autoCreate: connection.autoCreate,
    country: connection.country,
    connection: nameOf(connection),
  };
}

function nameOf({ provider, key }: TelephonyConfiguration): string {
  return `${provider}/${key}`;
}
