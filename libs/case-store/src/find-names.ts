import {
  type CallRules,
  type EarlierTraffic,
  type Found,
  identityOf,
  type Lookups,
  nameThreads,
  threadKeyOf,
  WITHHELD,
} from '#libs/case-domain';
import { isUuid, phoneAlternates } from '#libs/interaction';
import { contactsOfCallers, findCallers } from './find-callers.js';
import type { Queryable } from './queryable.js';
import { findBeside } from './sql/callers/find-beside.js';
import { lockContacts } from './sql/callers/lock-contacts.js';
import { lockCallers } from './sql/callers/lock-callers.js';
import { findNumberedCases } from './sql/cases/find-numbered-cases.js';
import { findPurgedCases } from './sql/cases/find-purged-cases.js';
import { loadContacts } from './sql/contacts/load-contacts.js';
import { loadIdentities } from './sql/contacts/load-identities.js';
import { findNamedInteractions } from './sql/interactions/find-named-interactions.js';
import { loadTraffic, type TrafficRow } from './sql/interactions/load-traffic.js';
import { loadThreads } from './sql/threads/load-threads.js';

/**
 * Looks names up without a lock: one statement for each kind of name, none where there is no name of a kind. What is
 * found may change until it is locked or written; whoever writes meets that as a `ConcurrentChange`. Interactions come
 * first: the names of their threads are among what is looked up. Only who calls is locked, before anybody is looked up, and
 * whoever may be calling after that. `hearsCalls`: the account has lines, so that whoever gives a contact a case has to be
 * seen by its calls.
 */
export async function findNames(
  client: Queryable,
  accountId: string,
  lookups: Lookups,
  rules: CallRules,
  hearsCalls: boolean,
): Promise<Found> {
  const callers = [...lookups.callers.values()];
  const numbers = new Set(callers.map(({ caller }) => oneSpellingOf(caller)));
  numbers.delete(WITHHELD);
  if (numbers.size > 0) {
    await lockCallers(client, accountId, [...numbers]);
  }
  const interactions = await findInteractions(client, accountId, lookups);
  const identities = await findIdentities(client, accountId, lookups);
  const contacts = await findContacts(client, accountId, lookups);
  const locks = {
    alone: contactsOfCallers(callers, identities),
    together: new Set(
      [...identities.values()].flatMap(({ holders }) => holders).concat([...contacts.values()].map(({ id }) => id)),
    ),
  };
  if (locks.alone.size > 0 || (hearsCalls && locks.together.size > 0)) {
    await lockContacts(client, accountId, locks);
  }
  return {
    interactions,
    ...(await findCallers(client, accountId, callers, identities, rules)),
    beside: await findSpokenBeside(client, accountId, lookups),
    threads: await findThreads(client, accountId, lookups),
    numbers: await findNumbers(client, accountId, lookups),
    identities,
    traffic: await findTraffic(client, accountId, lookups),
    contacts,
    purged: await findPurged(client, accountId, lookups),
  };
}

/** A number that was never heard of may be told at one time in two spellings. */
function oneSpellingOf(caller: string): string {
  const [, number = ''] = /^phone:(.*)$/.exec(caller) ?? [];
  return [caller, ...phoneAlternates(number).map((value) => identityOf({ kind: 'phone', value }))].sort()[0] ?? caller;
}

async function findInteractions(
  client: Queryable,
  accountId: string,
  lookups: Lookups,
): Promise<Found['interactions']> {
  const ids = [...lookups.interactions].filter(isUuid);
  const rows = ids.length === 0 ? [] : await findNamedInteractions(client, accountId, ids);
  rows.forEach(({ interaction }) => nameThreads(interaction, lookups));
  return new Map(rows.map((row) => [row.interaction.id, row]));
}

async function findSpokenBeside(
  client: Queryable,
  accountId: string,
  { beside, voicemails }: Lookups,
): Promise<Found['beside']> {
  const isAsked = beside.size > 0 || voicemails.size > 0;
  return isAsked ? findBeside(client, accountId, [...beside.values()], [...voicemails]) : [];
}

async function findThreads(client: Queryable, accountId: string, { threads }: Lookups): Promise<Found['threads']> {
  const rows = threads.size === 0 ? [] : await loadThreads(client, accountId, [...threads.values()]);
  return new Map(
    rows.map(({ kind, value, caseId, interactionId }) => [threadKeyOf(kind, value), { caseId, interactionId }]),
  );
}

async function findNumbers(client: Queryable, accountId: string, { numbers }: Lookups): Promise<Found['numbers']> {
  const rows = numbers.size === 0 ? [] : await findNumberedCases(client, accountId, [...numbers]);
  return new Map(rows.map(({ number, id }) => [number, id]));
}

async function findIdentities(
  client: Queryable,
  accountId: string,
  { identities }: Lookups,
): Promise<Found['identities']> {
  const rows = identities.size === 0 ? [] : await loadIdentities(client, accountId, [...identities.values()]);
  return new Map(rows.map(({ kind, value, ...known }) => [identityOf({ kind, value }), known]));
}

async function findContacts(client: Queryable, accountId: string, { contacts }: Lookups): Promise<Found['contacts']> {
  const rows = contacts.size === 0 ? [] : await loadContacts(client, accountId, [...contacts]);
  return new Map(rows.map(({ namedId, ...contact }) => [namedId, contact]));
}

/** Only commands name cases, and only they tell people that one was purged. */
async function findPurged(client: Queryable, accountId: string, { named }: Lookups): Promise<Found['purged']> {
  const ids = [...named].filter(isUuid);
  const numbers = [...named].filter((name) => !isUuid(name));
  const rows = named.size === 0 ? [] : await findPurgedCases(client, accountId, ids, numbers);
  return new Set(rows.flatMap(({ id, number }) => [id, number]));
}

async function findTraffic(client: Queryable, accountId: string, { traffic }: Lookups): Promise<Found['traffic']> {
  const rows = traffic.size === 0 ? [] : await loadTraffic(client, accountId, [...traffic.values()]);
  const keys = [...traffic.keys()];
  const earlier = new Map<string, CountedTraffic>();
  for (const row of rows) {
    const key = keys[row.probe - 1] ?? '';
    earlier.set(key, counted(earlier.get(key), row));
  }
  return earlier;
}

type CountedTraffic = EarlierTraffic & { readonly messagesByCase: Map<string, number> };

function counted(before: CountedTraffic | undefined, row: TrafficRow): CountedTraffic {
  const messagesByCase = before?.messagesByCase ?? new Map<string, number>();
  if (row.caseId !== null) {
    messagesByCase.set(row.caseId, row.messages);
  }
  return {
    newCases: (before?.newCases ?? 0) + row.opened,
    automatic: (before?.automatic ?? 0) + row.automatic,
    messagesByCase,
  };
}
