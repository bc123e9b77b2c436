import { type Interaction, isUuid } from '#libs/interaction';
import { type Found, type Lookups, type Needs, NO_NEEDS, noLookups } from '../decision/needs.js';
import { identityOf, threadKeyOf, type AccountSetup } from '../decision/snapshot.js';
import type { BackStops } from '../decision/traffic.js';
import { knownEndpoint } from '../people/endpoint.js';
import { speakerOf } from '../people/people.js';
import { countsTraffic, isCountedAutomatic, trafficKeyOf, trafficMinuteOf } from './back-stop.js';

const HOURS_OF_AUTOMATIC = 24;

/** What decisions about the interactions ask for by name. */
export function lookupsOf(interactions: readonly Interaction[], { backStops }: { backStops: BackStops }): Lookups {
  const lookups = noLookups();
  const counts = countsTraffic(backStops);
  for (const interaction of interactions) {
    nameThreads(interaction, lookups);
    namePeople(interaction, lookups);
    if (counts) {
      probeTraffic(interaction, lookups);
    }
  }
  return lookups;
}

/** Adds the names under which an interaction is known and which it refers to. */
export function nameThreads(
  { threadKeys, references }: Pick<Interaction, 'threadKeys' | 'references'>,
  { threads, numbers }: Lookups,
): void {
  for (const { kind, value } of [...threadKeys, ...references]) {
    if (kind === 'case_number') {
      numbers.add(value);
    } else if (kind !== 'case') {
      threads.set(threadKeyOf(kind, value), { kind, value });
    }
  }
}

function namePeople({ direction, sender, recipients, forwarded }: Interaction, { identities }: Lookups): void {
  const called = direction === 'outbound' ? recipients.slice(0, 1) : [];
  for (const party of [sender, ...(forwarded ? [forwarded.author] : []), ...called]) {
    if (party.kind !== 'anonymous') {
      identities.set(identityOf(party), party);
    }
  }
}

/** Interactions of a sender that arrived in the same minute share one probe. */
function probeTraffic(interaction: Interaction, { traffic }: Lookups): void {
  const speaker = speakerOf(interaction);
  if (interaction.direction !== 'inbound' || speaker.kind === 'anonymous') {
    return;
  }
  const sender = identityOf(speaker);
  const minute = trafficMinuteOf(interaction);
  const key = trafficKeyOf(sender, minute);
  const hoursBack = isCountedAutomatic(interaction) ? HOURS_OF_AUTOMATIC : 1;
  if ((traffic.get(key)?.hoursBack ?? 0) < hoursBack) {
    traffic.set(key, { sender, at: new Date(minute).toISOString(), hoursBack });
  }
}

/** What decisions about the interactions may touch: where their names lead, and where they may be assigned. */
export function needsOf(interactions: readonly Interaction[], found: Found, setup: AccountSetup): Needs {
  const cases = new Set([...[...found.threads.values()].map((target) => target.caseId), ...found.numbers.values()]);
  const groups = new Set([setup.rules.defaultGroupId]);
  for (const { references, endpoint } of interactions) {
    for (const { kind, value } of references) {
      if (kind === 'case' && isUuid(value)) {
        cases.add(value);
      }
    }
    const known = endpoint ? knownEndpoint(endpoint, setup.endpoints) : undefined;
    if (known !== undefined) {
      groups.add(known.groupId);
    }
  }
  const contacts = new Set([...found.identities.values()].map((identity) => identity.contactId));
  const edits = mayConnect(interactions, found.threads);
  return { ...NO_NEEDS, cases, groups, contacts, assignments: true, edits };
}

/**
 * Whether a message that has not arrived may connect cases here: one that is awaited, that another interaction of the
 * batch names, or that several of them will wait for.
 */
function mayConnect(interactions: readonly Interaction[], threads: Found['threads']): boolean {
  if ([...threads.values()].some((target) => target.interactionId === null)) {
    return true;
  }
  const own = new Set(interactions.flatMap(({ threadKeys }) => keysOf(threadKeys)));
  const referred = new Set<string>();
  for (const { references } of interactions) {
    for (const key of new Set(keysOf(references))) {
      if (own.has(key) || (referred.has(key) && !threads.has(key))) {
        return true;
      }
      referred.add(key);
    }
  }
  return false;
}

/** Keys of messages: neither cases nor threads of a provider can be waited for. */
function keysOf(names: readonly { readonly kind: string; readonly value: string }[]): string[] {
  return names.flatMap(({ kind, value }) =>
    kind === 'message_id' || kind === 'call_id' ? [threadKeyOf(kind, value)] : [],
  );
}

/** Whether the interaction may open a case: only then a number is kept ready for it. */
export function mayOpenCase({ direction, handling, outcome }: Interaction): boolean {
  return handling === 'ordinary' && (direction === 'inbound' || outcome === 'answered');
}
