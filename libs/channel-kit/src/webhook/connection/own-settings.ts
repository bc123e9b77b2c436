import { nearestName, settingNames, validateAs, type ConfigurationProblem } from '#libs/runtime';
import type { Sender } from '#libs/webhook';

/** An entry of the configuration, its own settings beside those that every entry of its list has. */
export interface Entry {
  readonly publicUrl: string | null;
  readonly [setting: string]: unknown;
}

interface EntryOfSender {
  readonly entry: Entry;
  readonly path: string;
  readonly sender: Pick<Sender, 'name' | 'settings' | 'signsAddress'>;
  /** Names of the settings that every entry of its list has. */
  readonly shared: readonly string[];
}

export function unknownSender(
  provider: string,
  path: string,
  senders: readonly Pick<Sender, 'name'>[],
): ConfigurationProblem {
  const names = senders.map(({ name }) => name);
  const near = nearestName(provider, names);
  const advice = near === null ? `known are ${names.join(', ')}` : `did you mean ${near}?`;
  return { path: `${path}.provider`, problem: `is no provider that is known here; ${advice}` };
}

/** What is wrong with an entry that only its provider can tell, each by its path. */
export function problemsOfSettings({ entry, path, sender, shared }: EntryOfSender): ConfigurationProblem[] {
  const plain = ownSettings(entry, shared);
  const own = settingNames(sender.settings);
  const strange = Object.keys(plain).filter((name) => !own.includes(name));
  const known = Object.fromEntries(Object.entries(plain).filter(([name]) => own.includes(name)));
  const unaddressed = sender.signsAddress === true && entry.publicUrl === null;
  return [
    ...strange.map((name) => ({ path: `${path}.${name}`, problem: unknownSetting(name, [...own, ...shared]) })),
    ...validateAs(sender.settings, known).problems.map((one) => ({ ...one, path: `${path}.${one.path}` })),
    ...(unaddressed
      ? [{ path: `${path}.publicUrl`, problem: `is missing; ${sender.name} signs the address that it calls` }]
      : []),
  ];
}

/** What of an entry only its provider knows. */
export function ownSettings(entry: object, shared: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !shared.includes(name)));
}

function unknownSetting(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === null
    ? `is not a known setting; known are ${known.join(', ')}`
    : `is not a known setting; did you mean ${near}?`;
}
