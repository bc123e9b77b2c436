import { DIRECTORIES, type Directory, type DirectoryArrival, type DirectoryEvent } from '#libs/directories';
import {
  ContactsConfiguration,
  settingNames,
  validateAs,
  type Configuration,
  type ConfigurationCheck,
  type ConfigurationProblem,
} from '#libs/runtime';
import { ownSettings, problemsOfSettings, unknownSender } from './own-settings.js';
import { toldFact } from '../publish-facts.js';
import type { EventFacts, WebhookConnection } from '../webhook-connection.js';

/** The first segment of the address of every directory, below `/webhooks/`. */
export const CONTACTS = 'contacts';

const SHARED = settingNames(ContactsConfiguration);

/** The entries of `contacts:` of a configuration that `checkDirectories` found no fault with, by their names. */
export function directoryConnectionsOf(
  { contacts, account }: Pick<Configuration, 'contacts' | 'account'>,
  directories: readonly Directory[] = DIRECTORIES,
): ReadonlyMap<string, WebhookConnection> {
  const known = contacts.flatMap((entry) => {
    const directory = directories.find(({ name }) => name === entry.provider);
    return directory === undefined ? [] : [connectionOf(entry, directory, account.defaultCountry)];
  });
  return new Map(known.map((connection) => [connection.name, connection]));
}

function connectionOf(
  entry: ContactsConfiguration,
  directory: Directory,
  defaultCountry: string | null,
): WebhookConnection {
  const { key, publicUrl, allowedNetworks, integration, country, trustsVerified, mayErase } = entry;
  const settings = validateAs(directory.settings, ownSettings(entry, SHARED)).value;
  const name = `${CONTACTS}/${key}`;
  const about: Omit<DirectoryArrival, 'accountId' | 'receivedAt' | 'requestId'> = {
    connection: name,
    directory: directory.name,
    integration: integration ?? directory.name,
    country: country ?? defaultCountry,
    trustsVerified,
    mayErase,
  };
  return {
    name,
    provider: directory,
    connection: { provider: CONTACTS, key, publicUrl, settings },
    allowedNetworks,
    sounds: null,
    read(plain, { accountId, receivedAt, requestId }, secrets) {
      const named = requestId === null ? null : secrets.fromText(requestId);
      const arrival = { ...about, accountId, receivedAt, requestId: named };
      const read = directory.read(secrets.fromValue(plain, directory.secrets), arrival, settings);
      return read.ok ? { ok: true, events: read.events.map(eventFacts) } : read;
    },
  };
}

function eventFacts({ eventId: id, told: facts, note }: DirectoryEvent): EventFacts {
  const told = facts.map(toldFact);
  const interactionId = told.find((one) => one.interactionId !== null)?.interactionId ?? null;
  return { id, told, recordings: [], awaited: [], interactionId, ignored: note };
}

/** What is wrong with entries of `contacts:` that only a directory can tell, each by its path. */
export const checkDirectories: ConfigurationCheck = ({ contacts }) => problemsOfDirectories(contacts, DIRECTORIES);

function problemsOfDirectories(
  contacts: readonly ContactsConfiguration[],
  directories: readonly Directory[],
): readonly ConfigurationProblem[] {
  return contacts.flatMap((entry, index) => {
    const path = `${CONTACTS}[${index}]`;
    const directory = directories.find(({ name }) => name === entry.provider);
    if (directory === undefined) {
      return [unknownSender(entry.provider, path, directories)];
    }
    const isNameless = directory.namesNoIntegration === true && entry.integration === null;
    const problem = 'is missing; it names the system whose keys of contacts are told';
    return [
      ...problemsOfSettings({ entry, path, sender: directory, shared: SHARED }),
      ...(isNameless ? [{ path: `${path}.integration`, problem }] : []),
    ];
  });
}
