import { lineAddress } from '#libs/interaction';
import {
  settingNames,
  TelephonyConfiguration,
  validateAs,
  type Configuration,
  type ConfigurationCheck,
  type ConfigurationProblem,
} from '#libs/runtime';
import { PROVIDERS, type Provider } from '#libs/telephony';
import { checkDirectories } from './directory-connections.js';
import { ownSettings, problemsOfSettings, unknownSender } from './own-settings.js';
import { readFacts } from '../read-facts.js';
import type { TelephonyConnection } from '../webhook-connection.js';

/** The connections of a configuration that `checkConnections` found no fault with, by their names. */
export function connectionsOf(
  { telephony, account }: Pick<Configuration, 'telephony' | 'account'>,
  providers: readonly Provider[] = PROVIDERS,
): ReadonlyMap<string, TelephonyConnection> {
  const known = telephony.flatMap((entry) => {
    const provider = providers.find(({ name }) => name === entry.provider);
    return provider === undefined ? [] : [connectionOf(entry, provider, account.defaultCountry)];
  });
  return new Map(known.map((connection) => [connection.name, connection]));
}

function connectionOf(
  entry: TelephonyConfiguration,
  provider: Provider,
  defaultCountry: string | null,
): TelephonyConnection {
  const { key, publicUrl, recordings, transcripts, maxRecordingMegabytes, allowedNetworks } = entry;
  const country = entry.country ?? defaultCountry;
  const settings = validateAs(provider.settings, ownSettings(entry, SHARED)).value;
  const elsewhere = entry.numbers.flatMap((line): [string, string][] =>
    line.country === null || line.country === country ? [] : [[lineAddress(line.number, line.country), line.country]],
  );
  const areKept = recordings === 'store';
  const reading = {
    name: `${provider.name}/${key}`,
    provider,
    country,
    countries: new Map(elsewhere),
    numberFormat: entry.numberFormat ?? provider.numberFormat,
    recordings,
    transcripts,
  };
  return {
    ...reading,
    connection: { provider: provider.name, key, publicUrl, settings },
    maxRecordingMegabytes,
    sounds: provider.sendsSounds === true ? { maxMegabytes: maxRecordingMegabytes, areKept } : null,
    allowedNetworks,
    read: (plain, arrival, secrets) => readFacts(plain, reading, arrival, secrets),
  };
}

/** What is wrong with entries of `telephony:` and `contacts:` that only a provider can tell, each by its path. */
export const checkConnections: ConfigurationCheck = (file) => [
  ...problemsOfConnections(file, PROVIDERS),
  ...checkDirectories(file),
];

export function problemsOfConnections(
  { telephony, account }: Pick<Configuration, 'telephony'> & { account: { defaultCountry: string | null } },
  providers: readonly Provider[],
): readonly ConfigurationProblem[] {
  const each = telephony.flatMap((entry, index) => {
    const path = `telephony[${index}]`;
    const provider = providers.find(({ name }) => name === entry.provider);
    return provider === undefined
      ? [unknownSender(entry.provider, path, providers)]
      : problemsOfSettings({ entry, path, sender: provider, shared: SHARED });
  });
  return [...each, ...linesTwice(telephony, account.defaultCountry)];
}

const SHARED = settingNames(TelephonyConfiguration);

/** One number in two spellings, such as `210 000 000` and `+351210000000`. */
function linesTwice(telephony: Configuration['telephony'], defaultCountry: string | null): ConfigurationProblem[] {
  const lines = telephony.flatMap((entry, index) =>
    entry.numbers.map((line, inner) => ({
      path: `telephony[${index}].numbers[${inner}].number`,
      written: line.number.replace(/[\s()./-]/g, '').replace(/^(\+|00)/, ''),
      address: lineAddress(line.number, line.country ?? entry.country ?? defaultCountry),
    })),
  );
  return lines.flatMap(({ path, address, written }, index) => {
    const first = lines.find((line) => line.address === address);
    // Those that are written alike are told of where all else of the file is checked.
    const isTold = first === undefined || first === lines[index] || first.written === written;
    return isTold ? [] : [{ path, problem: `is the same line as ${first.path}` }];
  });
}
