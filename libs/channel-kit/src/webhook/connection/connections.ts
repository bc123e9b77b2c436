import { lineAddress } from '#libs/interaction';
import {
  nearestName,
  settingNames,
  TelephonyConfiguration,
  validateAs,
  type Configuration,
  type ConfigurationCheck,
  type ConfigurationProblem,
} from '#libs/runtime';
import { PROVIDERS, type Connection, type NumberFormat, type Provider } from '#libs/telephony';

/** One entry of `telephony:`, ready to take webhooks. */
export interface WebhookConnection {
  /** `provider/key`. */
  readonly name: string;
  readonly provider: Provider;
  /** What the provider's own functions are given. */
  readonly connection: Connection;
  readonly country: string | null;
  /** Countries of lines that differ from the connection's, by the line's address. */
  readonly countries: ReadonlyMap<string, string>;
  readonly numberFormat: NumberFormat;
  readonly recordings: TelephonyConfiguration['recordings'];
  readonly transcripts: TelephonyConfiguration['transcripts'];
  readonly maxRecordingMegabytes: number;
  readonly allowedNetworks: readonly string[];
}

/** The connections of a configuration that `checkConnections` found no fault with, by their names. */
export function connectionsOf(
  { telephony, account }: Pick<Configuration, 'telephony' | 'account'>,
  providers: readonly Provider[] = PROVIDERS,
): ReadonlyMap<string, WebhookConnection> {
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
): WebhookConnection {
  const { key, publicUrl, recordings, transcripts, maxRecordingMegabytes, allowedNetworks } = entry;
  const country = entry.country ?? defaultCountry;
  const settings = validateAs(provider.settings, ownSettings(entry)).value;
  const elsewhere = entry.numbers.flatMap((line): [string, string][] =>
    line.country === null || line.country === country ? [] : [[lineAddress(line.number, line.country), line.country]],
  );
  return {
    name: `${provider.name}/${key}`,
    provider,
    connection: { provider: provider.name, key, publicUrl, settings },
    country,
    countries: new Map(elsewhere),
    numberFormat: entry.numberFormat ?? provider.numberFormat,
    recordings,
    transcripts,
    maxRecordingMegabytes,
    allowedNetworks,
  };
}

/** What is wrong with entries of `telephony:` that only a provider can tell, each by its path. */
export const checkConnections: ConfigurationCheck = (file) => problemsOfConnections(file, PROVIDERS);

export function problemsOfConnections(
  { telephony, account }: Pick<Configuration, 'telephony'> & { account: { defaultCountry: string | null } },
  providers: readonly Provider[],
): readonly ConfigurationProblem[] {
  const each = telephony.flatMap((entry, index) => {
    const path = `telephony[${index}]`;
    const provider = providers.find(({ name }) => name === entry.provider);
    return provider === undefined ? [unknownProvider(entry, path, providers)] : problemsOfEntry(entry, path, provider);
  });
  return [...each, ...linesTwice(telephony, account.defaultCountry)];
}

function unknownProvider(
  { provider }: TelephonyConfiguration,
  path: string,
  providers: readonly Provider[],
): ConfigurationProblem {
  const names = providers.map(({ name }) => name);
  const near = nearestName(provider, names);
  const advice = near === null ? `known are ${names.join(', ')}` : `did you mean ${near}?`;
  return { path: `${path}.provider`, problem: `is no provider that is known here; ${advice}` };
}

function problemsOfEntry(entry: TelephonyConfiguration, path: string, provider: Provider): ConfigurationProblem[] {
  const plain = ownSettings(entry);
  const own = settingNames(provider.settings);
  const strange = Object.keys(plain).filter((name) => !own.includes(name));
  const known = Object.fromEntries(Object.entries(plain).filter(([name]) => own.includes(name)));
  const unaddressed = provider.signsAddress === true && entry.publicUrl === null;
  return [
    ...strange.map((name) => ({ path: `${path}.${name}`, problem: unknownSetting(name, [...own, ...SHARED]) })),
    ...validateAs(provider.settings, known).problems.map((one) => ({ ...one, path: `${path}.${one.path}` })),
    ...(unaddressed
      ? [{ path: `${path}.publicUrl`, problem: `is missing; ${provider.name} signs the address that it calls` }]
      : []),
  ];
}

const SHARED = settingNames(TelephonyConfiguration);

function ownSettings(entry: TelephonyConfiguration): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !SHARED.includes(name)));
}

function unknownSetting(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === null
    ? `is not a known setting; known are ${known.join(', ')}`
    : `is not a known setting; did you mean ${near}?`;
}

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
